"""Merge projects and reports

Revision ID: c0d51e9f7a38
Revises: 8e3c71f5d026, 6a94e2d07bc1
Create Date: 2025-02-12 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "c0d51e9f7a38"
down_revision = ("8e3c71f5d026", "6a94e2d07bc1")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
