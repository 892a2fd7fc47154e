CREATE TYPE public.masterplanstatus AS ENUM (
    'draft',
    'approved',
    'in_progress',
    'completed',
    'failed'
);

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.discovery_documents (
    discovery_id uuid NOT NULL,
    session_id character varying(100) NOT NULL,
    user_id character varying(100) NOT NULL,
    user_request text NOT NULL,
    domain character varying(200) NOT NULL,
    bounded_contexts jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.masterplan_milestones (
    milestone_id uuid NOT NULL,
    phase_id uuid NOT NULL,
    milestone_number integer NOT NULL,
    name character varying(200) NOT NULL
);

CREATE TABLE public.masterplan_phases (
    phase_id uuid NOT NULL,
    masterplan_id uuid NOT NULL,
    phase_number integer NOT NULL,
    name character varying(200) NOT NULL
);

CREATE TABLE public.masterplan_tasks (
    task_id uuid NOT NULL,
    masterplan_id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    task_number integer NOT NULL,
    name character varying(300) NOT NULL,
    complexity double precision DEFAULT 0.5 NOT NULL,
    depends_on_tasks jsonb,
    CONSTRAINT ck_masterplan_tasks_number CHECK ((task_number > 0))
);

CREATE TABLE public.masterplans (
    masterplan_id uuid NOT NULL,
    discovery_id uuid NOT NULL,
    user_id character varying(100) NOT NULL,
    project_name character varying(300) NOT NULL,
    status public.masterplanstatus DEFAULT 'draft'::public.masterplanstatus NOT NULL,
    tech_stack jsonb DEFAULT '{}'::jsonb NOT NULL,
    estimated_cost_usd numeric(10,4),
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

INSERT INTO public.alembic_version VALUES ('bcacf97a17b8');

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.discovery_documents
    ADD CONSTRAINT discovery_documents_pkey PRIMARY KEY (discovery_id);

ALTER TABLE ONLY public.masterplan_milestones
    ADD CONSTRAINT masterplan_milestones_pkey PRIMARY KEY (milestone_id);

ALTER TABLE ONLY public.masterplan_phases
    ADD CONSTRAINT masterplan_phases_pkey PRIMARY KEY (phase_id);

ALTER TABLE ONLY public.masterplan_tasks
    ADD CONSTRAINT masterplan_tasks_pkey PRIMARY KEY (task_id);

ALTER TABLE ONLY public.masterplans
    ADD CONSTRAINT masterplans_pkey PRIMARY KEY (masterplan_id);

ALTER TABLE ONLY public.masterplan_phases
    ADD CONSTRAINT uq_masterplan_phases_number UNIQUE (masterplan_id, phase_number);

CREATE INDEX ix_discovery_documents_session_id ON public.discovery_documents USING btree (session_id);

CREATE INDEX ix_masterplan_tasks_masterplan_id ON public.masterplan_tasks USING btree (masterplan_id);

CREATE INDEX ix_masterplans_status ON public.masterplans USING btree (status);

ALTER TABLE ONLY public.masterplan_milestones
    ADD CONSTRAINT masterplan_milestones_phase_id_fkey FOREIGN KEY (phase_id) REFERENCES public.masterplan_phases(phase_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.masterplan_phases
    ADD CONSTRAINT masterplan_phases_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES public.masterplans(masterplan_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.masterplan_tasks
    ADD CONSTRAINT masterplan_tasks_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES public.masterplans(masterplan_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.masterplan_tasks
    ADD CONSTRAINT masterplan_tasks_milestone_id_fkey FOREIGN KEY (milestone_id) REFERENCES public.masterplan_milestones(milestone_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.masterplans
    ADD CONSTRAINT masterplans_discovery_id_fkey FOREIGN KEY (discovery_id) REFERENCES public.discovery_documents(discovery_id) ON DELETE CASCADE;
