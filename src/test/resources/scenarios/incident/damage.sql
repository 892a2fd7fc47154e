-- Rows of the tables that survived.
INSERT INTO discovery_documents (discovery_id, session_id, user_id, user_request, domain, bounded_contexts)
VALUES ('00000000-0000-0000-0000-0000000000d1', 'session-1', 'ada', 'a task board', 'project management', '["tasks", "boards"]');

INSERT INTO masterplans (masterplan_id, discovery_id, user_id, project_name, status)
VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000d1', 'ada', 'task board', 'approved'),
       ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000d1', 'ada', 'task board, again', 'draft');

INSERT INTO masterplan_phases (phase_id, masterplan_id, phase_number, name)
VALUES ('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-0000000000a1', 1, 'setup');

INSERT INTO masterplan_milestones (milestone_id, phase_id, milestone_number, name)
VALUES ('00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000b1', 1, 'skeleton');

INSERT INTO masterplan_tasks (task_id, masterplan_id, milestone_id, task_number, name)
SELECT ('00000000-0000-0000-0000-00000000e' || to_char(n, 'FM000'))::uuid,
       '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000c1', n, 'task ' || n
FROM generate_series(1, 120) AS n;

-- What the application's first version made by itself at its start; no script knows of it.
CREATE TABLE projects (id serial PRIMARY KEY, name varchar(200) NOT NULL, created_at timestamptz DEFAULT now());

CREATE TABLE agents (id serial PRIMARY KEY, name varchar(100) NOT NULL UNIQUE, model varchar(100));

CREATE TABLE tasks (
    id serial PRIMARY KEY,
    project_id integer NOT NULL REFERENCES projects (id),
    agent_id integer REFERENCES agents (id),
    status varchar(20) NOT NULL DEFAULT 'pending'
);

CREATE INDEX ix_tasks_status ON tasks (status);

CREATE TABLE task_results (id serial PRIMARY KEY, task_id integer NOT NULL REFERENCES tasks (id), output text);

CREATE TABLE agent_logs (id bigserial PRIMARY KEY, agent_id integer REFERENCES agents (id), line text);

CREATE TABLE llm_costs (id bigserial PRIMARY KEY, model varchar(100) NOT NULL, usd numeric(10, 4) NOT NULL);

INSERT INTO projects (name) VALUES ('task board');

INSERT INTO agents (name, model) VALUES ('planner', 'large'), ('coder', 'small');

INSERT INTO tasks (project_id, agent_id, status) SELECT 1, 1 + n % 2, 'done' FROM generate_series(1, 40) AS n;

INSERT INTO llm_costs (model, usd) VALUES ('large', 12.3456);
