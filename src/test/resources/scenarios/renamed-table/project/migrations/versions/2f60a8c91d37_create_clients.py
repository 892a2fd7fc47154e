"""Create clients

Revision ID: 2f60a8c91d37
Revises:
Create Date: 2025-03-03 09:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "2f60a8c91d37"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "clients",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )
    op.create_index("ix_clients_name", "clients", ["name"])


def downgrade():
    op.drop_table("clients")
