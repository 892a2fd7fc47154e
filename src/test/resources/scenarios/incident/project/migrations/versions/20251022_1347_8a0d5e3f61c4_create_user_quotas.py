"""Create user_quotas

Revision ID: 8a0d5e3f61c4
Revises: 4f1c0a7be2d9
Create Date: 2025-10-22 13:47:19.450038

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "8a0d5e3f61c4"
down_revision = "4f1c0a7be2d9"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "user_quotas",
        sa.Column("quota_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("user_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("llm_tokens_monthly_limit", sa.BigInteger(), nullable=True),
        sa.Column("masterplans_limit", sa.Integer(), server_default=sa.text("50"), nullable=False),
        sa.Column("storage_bytes_limit", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.user_id"], name="user_quotas_user_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quota_id"),
        sa.UniqueConstraint("user_id", name="uq_user_quotas_user_id"),
    )


def downgrade():
    op.drop_table("user_quotas")
