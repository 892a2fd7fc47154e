"""Create orders

Revision ID: 7c52e8a0f6b3
Revises: 3b1f0c2d9a41
Create Date: 2025-03-05 14:30:09.771204

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "7c52e8a0f6b3"
down_revision = "3b1f0c2d9a41"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="orders_customer_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_orders_customer_id", "orders", ["customer_id"])
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("amount > 0", name="ck_order_lines_amount"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name="order_lines_order_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("order_id", "position"),
    )


def downgrade():
    op.drop_table("order_lines")
    op.drop_table("orders")
