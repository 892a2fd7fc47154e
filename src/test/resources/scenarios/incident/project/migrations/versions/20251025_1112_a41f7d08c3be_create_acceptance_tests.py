"""Create acceptance_tests

Revision ID: a41f7d08c3be
Revises: mge_v2_schema
Create Date: 2025-10-25 11:12:54.082663

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "a41f7d08c3be"
down_revision = "mge_v2_schema"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "acceptance_tests",
        sa.Column("test_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("masterplan_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("requirement_text", sa.Text(), nullable=False),
        sa.Column("must_pass", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("timeout_seconds", sa.Integer(), server_default=sa.text("30"), nullable=False),
        sa.ForeignKeyConstraint(
            ["masterplan_id"],
            ["masterplans.masterplan_id"],
            name="acceptance_tests_masterplan_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("test_id"),
    )
    op.create_table(
        "acceptance_test_results",
        sa.Column("result_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("test_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("wave_id", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["test_id"],
            ["acceptance_tests.test_id"],
            name="acceptance_test_results_test_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["execution_waves.wave_id"], name="acceptance_test_results_wave_id_fkey"
        ),
        sa.PrimaryKeyConstraint("result_id"),
    )


def downgrade():
    op.drop_table("acceptance_test_results")
    op.drop_table("acceptance_tests")
