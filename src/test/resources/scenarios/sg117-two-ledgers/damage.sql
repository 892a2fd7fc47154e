CREATE SCHEMA audit;

CREATE TABLE audit.alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);

INSERT INTO audit.alembic_version VALUES ('a90d4e7715cf');
