"""Add orders

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-02 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
    )


def downgrade():
    op.drop_table("orders")
