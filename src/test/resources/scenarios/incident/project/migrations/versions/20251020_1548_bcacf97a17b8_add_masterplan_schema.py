"""Add MasterPlan schema

Revision ID: bcacf97a17b8
Revises:
Create Date: 2025-10-20 15:48:07.331904

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "bcacf97a17b8"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    masterplan_status = sa.Enum(
        "draft", "approved", "in_progress", "completed", "failed", name="masterplanstatus"
    )
    op.create_table(
        "discovery_documents",
        sa.Column("discovery_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("session_id", sa.String(length=100), nullable=False),
        sa.Column("user_id", sa.String(length=100), nullable=False),
        sa.Column("user_request", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("bounded_contexts", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("discovery_id"),
    )
    op.create_index("ix_discovery_documents_session_id", "discovery_documents", ["session_id"])
    op.create_table(
        "masterplans",
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("discovery_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("user_id", sa.String(length=100), nullable=False),
        sa.Column("project_name", sa.String(length=300), nullable=False),
        sa.Column("status", masterplan_status, server_default="draft", nullable=False),
        sa.Column("tech_stack", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("estimated_cost_usd", sa.Numeric(10, 4), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["discovery_id"],
            ["discovery_documents.discovery_id"],
            name="masterplans_discovery_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("masterplan_id"),
    )
    op.create_index("ix_masterplans_status", "masterplans", ["status"])
    op.create_table(
        "masterplan_phases",
        sa.Column("phase_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("phase_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="masterplan_phases_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("phase_id"),
        sa.UniqueConstraint("masterplan_id", "phase_number", name="uq_masterplan_phases_number"),
    )
    op.create_table(
        "masterplan_milestones",
        sa.Column("milestone_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("phase_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("milestone_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["phase_id"],
            ["masterplan_phases.phase_id"],
            name="masterplan_milestones_phase_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("milestone_id"),
    )
    op.create_table(
        "masterplan_tasks",
        sa.Column("task_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("milestone_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("task_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("complexity", sa.Float(), server_default=sa.text("0.5"), nullable=False),
        sa.Column("depends_on_tasks", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint("task_number > 0", name="ck_masterplan_tasks_number"),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="masterplan_tasks_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["masterplan_milestones.milestone_id"],
            name="masterplan_tasks_milestone_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("task_id"),
    )
    op.create_index("ix_masterplan_tasks_masterplan_id", "masterplan_tasks", ["masterplan_id"])


def downgrade():
    op.drop_table("masterplan_tasks")
    op.drop_table("masterplan_milestones")
    op.drop_table("masterplan_phases")
    op.drop_table("masterplans")
    op.drop_table("discovery_documents")
    op.execute("DROP TYPE masterplanstatus")
