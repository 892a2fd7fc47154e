"""MGE V2 schema

Revision ID: mge_v2_schema
Revises: 5b3e0f9a7c12
Create Date: 2025-10-23 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "mge_v2_schema"
down_revision = "5b3e0f9a7c12"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "dependency_graphs",
        sa.Column("graph_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("graph_data", postgresql.JSONB(), nullable=False),
        sa.Column("total_atoms", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("has_cycles", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="dependency_graphs_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("graph_id"),
    )
    op.create_table(
        "atomic_units",
        sa.Column("atom_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("task_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("atom_number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("code_to_generate", sa.Text(), nullable=False),
        sa.Column("loc", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("complexity", sa.Float(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("pending", "ready", "running", "completed", "failed", name="atomicstatus"),
            server_default="pending",
            nullable=False,
        ),
        sa.CheckConstraint("loc >= 0", name="ck_atomic_units_loc"),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="atomic_units_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["masterplan_tasks.task_id"], name="atomic_units_task_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("atom_id"),
    )
    op.create_index("ix_atomic_units_masterplan_id", "atomic_units", ["masterplan_id"])
    op.create_index(
        "ix_atomic_units_open", "atomic_units", ["task_id"], postgresql_where=sa.text("status <> 'completed'")
    )
    op.create_table(
        "atom_dependencies",
        sa.Column("dependency_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("graph_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("from_atom_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("to_atom_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.CheckConstraint("from_atom_id <> to_atom_id", name="ck_atom_dependencies_not_itself"),
        sa.ForeignKeyConstraint(
            ["graph_id"], ["dependency_graphs.graph_id"], name="atom_dependencies_graph_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_atom_id"], ["atomic_units.atom_id"], name="atom_dependencies_from_atom_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_atom_id"], ["atomic_units.atom_id"], name="atom_dependencies_to_atom_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dependency_id"),
        sa.UniqueConstraint("from_atom_id", "to_atom_id", name="uq_atom_dependencies_edge"),
    )
    op.create_table(
        "validation_results",
        sa.Column("validation_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("atom_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("errors", postgresql.JSONB(), nullable=True),
        sa.ForeignKeyConstraint(
            ["atom_id"], ["atomic_units.atom_id"], name="validation_results_atom_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("validation_id"),
    )
    op.create_table(
        "execution_waves",
        sa.Column("wave_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("graph_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("wave_number", sa.Integer(), nullable=False),
        sa.Column("atom_ids", postgresql.ARRAY(postgresql.UUID(as_uuid=True)), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["graph_id"], ["dependency_graphs.graph_id"], name="execution_waves_graph_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave_id"),
        sa.UniqueConstraint("graph_id", "wave_number", name="uq_execution_waves_number"),
    )
    op.create_table(
        "atom_retry_history",
        sa.Column("retry_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("atom_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("attempt_number", sa.Integer(), nullable=False),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["atom_id"], ["atomic_units.atom_id"], name="atom_retry_history_atom_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("retry_id"),
    )
    op.create_table(
        "human_review_queue",
        sa.Column("review_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("atom_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("assigned_to", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("priority", sa.Integer(), server_default=sa.text("50"), nullable=False),
        sa.Column("resolved", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["atom_id"], ["atomic_units.atom_id"], name="human_review_queue_atom_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["users.user_id"], name="human_review_queue_assigned_to_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("review_id"),
    )
    op.create_index("ix_human_review_queue_priority", "human_review_queue", ["priority"])
    op.add_column("masterplans", sa.Column("v2_mode", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade():
    op.drop_column("masterplans", "v2_mode")
    op.drop_table("human_review_queue")
    op.drop_table("atom_retry_history")
    op.drop_table("execution_waves")
    op.drop_table("validation_results")
    op.drop_table("atom_dependencies")
    op.drop_table("atomic_units")
    op.drop_table("dependency_graphs")
    op.execute("DROP TYPE atomicstatus")
