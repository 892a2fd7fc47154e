"""Create masterplan_versions and masterplan_history

Revision ID: d60e92b5174f
Revises: a41f7d08c3be
Create Date: 2025-10-28 16:40:10.517296

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "d60e92b5174f"
down_revision = "a41f7d08c3be"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "masterplan_versions",
        sa.Column("version_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="masterplan_versions_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id"),
        sa.UniqueConstraint("masterplan_id", "version_number", name="uq_masterplan_versions_number"),
    )
    op.create_table(
        "masterplan_history",
        sa.Column("history_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("changed_by", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("change", postgresql.JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="masterplan_history_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["users.user_id"], name="masterplan_history_changed_by_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("history_id"),
    )
    op.create_index("ix_masterplan_history_masterplan_id", "masterplan_history", ["masterplan_id", "changed_at"])


def downgrade():
    op.drop_table("masterplan_history")
    op.drop_table("masterplan_versions")
