-- What the training project's scripts make.
CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0002');
CREATE TABLE users (id serial PRIMARY KEY, email varchar(255) NOT NULL);
CREATE INDEX ix_users_email ON users (email);
CREATE TABLE orders (
  id serial PRIMARY KEY,
  user_id integer REFERENCES users (id) ON DELETE CASCADE,
  state text DEFAULT 'new' NOT NULL);
