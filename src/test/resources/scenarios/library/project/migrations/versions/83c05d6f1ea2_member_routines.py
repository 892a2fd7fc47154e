"""Routines around members

Revision ID: 83c05d6f1ea2
Revises: 4e1b7a90c2d5
Create Date: 2025-01-14 10:31:40.218806

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "83c05d6f1ea2"
down_revision = "4e1b7a90c2d5"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE FUNCTION tidy_member() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.name := btrim(NEW.name);
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER members_tidy BEFORE INSERT OR UPDATE ON members"
        " FOR EACH ROW EXECUTE FUNCTION tidy_member()"
    )
    op.execute(
        "CREATE FUNCTION member_label(integer, text) RETURNS text LANGUAGE sql IMMUTABLE"
        " AS $$ SELECT $1 || ' ' || $2 $$"
    )
    op.execute("CREATE VIEW active_members AS SELECT id, name FROM members WHERE status = 'active'")


def downgrade():
    raise NotImplementedError
