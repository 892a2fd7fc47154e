"""Create loans

Revision ID: a7d2904be615
Revises: 83c05d6f1ea2
Create Date: 2025-01-28 15:12:03.990472

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "a7d2904be615"
down_revision = "83c05d6f1ea2"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE SCHEMA lending")
    op.create_table(
        "loans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="loans_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", "lent_on"),
        schema="lending",
        postgresql_partition_by="RANGE (lent_on)",
    )
    op.create_index("ix_loans_member_id", "loans", ["member_id"], schema="lending")
    op.execute(
        "CREATE TABLE lending.loans_2024 PARTITION OF lending.loans"
        " FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
    )
    op.execute(
        "CREATE TABLE lending.loans_2025 PARTITION OF lending.loans"
        " FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"
    )


def downgrade():
    raise NotImplementedError
