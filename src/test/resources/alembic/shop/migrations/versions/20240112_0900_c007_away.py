"""take things away

Revision ID: c007
Revises: c006
Create Date: 2024-01-12 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c007"
down_revision = "c006"
branch_labels = None
depends_on = ("search", "a001")


def upgrade():
    op.drop_table("invoices")
    op.execute("DROP SCHEMA billing CASCADE")
    op.execute('DROP TABLE IF EXISTS nowhere, "audit log" CASCADE')
    op.execute("DROP TABLE accounts CASCADE")
    op.execute("DROP TYPE IF EXISTS mood, pair")


def downgrade():
    pass
