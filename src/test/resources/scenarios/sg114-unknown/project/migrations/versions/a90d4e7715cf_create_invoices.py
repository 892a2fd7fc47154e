"""Create invoices

Revision ID: a90d4e7715cf
Revises: 7c52e8a0f6b3
Create Date: 2025-03-17 08:02:51.336018

"""
from alembic import context, op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "a90d4e7715cf"
down_revision = "7c52e8a0f6b3"
branch_labels = None
depends_on = None


def upgrade():
    print("invoices of", context.get_x_argument(as_dictionary=True)["tenant"])
    op.create_table(
        "invoices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("total", sa.Numeric(12, 2), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="invoices_order_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="uq_invoices_number"),
    )


def downgrade():
    op.drop_table("invoices")
