"""orders: enum, foreign keys

Revision ID: a002
Revises: a001
Create Date: 2024-01-02 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "a002"
down_revision = "a001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Enum("new", "paid", name="order_state"), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.String()), nullable=True),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("total", sa.Numeric(10, 2), nullable=False),
        sa.Column("discount", sa.Numeric(10, 2)),
        sa.ForeignKeyConstraint(["buyer_id"], ["users.id"], name=op.f("fk_orders_buyer_id_users")),
        sa.CheckConstraint("total >= discount"),
        sa.CheckConstraint("total > 0", name="total_positive"),
        sa.UniqueConstraint("user_id", "state"),
        sa.Index("ix_orders_payload", "payload", postgresql_using="gin"),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orders_state"), ["state"], unique=False)
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=True))
        batch_op.create_unique_constraint("uq_orders_note", ["note"])
        batch_op.alter_column("note", new_column_name="remark")


def downgrade() -> None:
    op.drop_table("orders")
    op.execute("DROP TYPE order_state")
