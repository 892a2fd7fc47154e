"""Stamp changed works

Revision ID: e2f64b0d7c95
Revises: 5c19d8e4a6f0
Create Date: 2025-05-20 10:08:41.227590

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "e2f64b0d7c95"
down_revision = "5c19d8e4a6f0"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE FUNCTION stamp_work() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.changed_at := now();
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER works_stamp BEFORE UPDATE ON works FOR EACH ROW EXECUTE FUNCTION stamp_work()"
    )


def downgrade():
    raise NotImplementedError
