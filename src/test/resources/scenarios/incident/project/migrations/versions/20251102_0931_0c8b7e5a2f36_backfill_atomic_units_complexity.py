"""Backfill atomic_units complexity

Revision ID: 0c8b7e5a2f36
Revises: d60e92b5174f
Create Date: 2025-11-02 09:31:27.740915

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "0c8b7e5a2f36"
down_revision = "d60e92b5174f"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE atomic_units SET complexity = least(loc / 15.0, 1.0) WHERE complexity IS NULL")


def downgrade():
    pass
