"""Create user_usage

Revision ID: c27b9f4e08a1
Revises: 8a0d5e3f61c4
Create Date: 2025-10-22 13:48:33.027741

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "c27b9f4e08a1"
down_revision = "8a0d5e3f61c4"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "user_usage",
        sa.Column("usage_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("user_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("llm_tokens_used", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("llm_cost_usd", sa.Numeric(10, 4), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.user_id"], name="user_usage_user_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("usage_id"),
        sa.UniqueConstraint("user_id", "month", name="uq_user_usage_user_month"),
    )
    op.create_index("ix_user_usage_month", "user_usage", ["month"])


def downgrade():
    op.drop_table("user_usage")
