"""Add cognitive_architecture_semantic_fields

Revision ID: 66518741fa75
Revises: 0c8b7e5a2f36
Create Date: 2025-11-10 18:05:36.209158

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "66518741fa75"
down_revision = "0c8b7e5a2f36"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("masterplan_tasks", sa.Column("semantic_signature", postgresql.JSONB(), nullable=True))
    op.add_column("masterplan_tasks", sa.Column("semantic_hash", sa.String(length=64), nullable=True))
    op.create_index("ix_masterplan_tasks_semantic_hash", "masterplan_tasks", ["semantic_hash"])
    op.add_column("atomic_units", sa.Column("semantic_signature", postgresql.JSONB(), nullable=True))
    op.add_column("atomic_units", sa.Column("first_pass_precision", sa.Float(), nullable=True))


def downgrade():
    op.drop_column("atomic_units", "first_pass_precision")
    op.drop_column("atomic_units", "semantic_signature")
    op.drop_index("ix_masterplan_tasks_semantic_hash", table_name="masterplan_tasks")
    op.drop_column("masterplan_tasks", "semantic_hash")
    op.drop_column("masterplan_tasks", "semantic_signature")
