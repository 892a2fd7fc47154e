"""Add projects.archived_at

Revision ID: 8e3c71f5d026
Revises: 52d8b90e4a17
Create Date: 2025-02-10 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "8e3c71f5d026"
down_revision = "52d8b90e4a17"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("projects", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column("projects", "archived_at")
