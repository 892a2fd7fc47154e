"""raw tables

Revision ID: c006
Revises: c005
Create Date: 2024-01-11 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c006"
down_revision = "c005"
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_accounts_active ON accounts (is_active) WHERE is_active")
    op.execute("CREATE EXTENSION IF NOT EXISTS plpgsql")
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS "audit log" (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            account_id integer NOT NULL REFERENCES accounts (id) ON DELETE SET NULL,
            action character varying(20) DEFAULT 'a;b' CHECK (action IN ('a;b', 'c')),
            at timestamp with time zone DEFAULT now(),
            old_value numeric(10, 2) CONSTRAINT old_positive CHECK (old_value > 0),
            CONSTRAINT uq_audit UNIQUE (account_id, at),
            FOREIGN KEY (account_id) REFERENCES accounts,
            CHECK (old_value < 100 AND id > 0)
        );
        """
    )
    op.execute("CREATE TYPE pair AS (a int, b int); CREATE TYPE mood AS ENUM ('sad', 'ok')")
    op.execute("CREATE TEMP TABLE scratch (a int)")
    op.execute("ALTER TABLE billing.invoices SET SCHEMA public")
    op.execute(sa.schema.CreateSequence(sa.Sequence("seq", schema="billing")))


def downgrade():
    pass
