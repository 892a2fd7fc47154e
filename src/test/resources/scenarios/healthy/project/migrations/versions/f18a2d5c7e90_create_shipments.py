"""Create shipments

Revision ID: f18a2d5c7e90
Revises: c4e61b83d02a
Create Date: 2025-04-21 11:20:17.902641

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "f18a2d5c7e90"
down_revision = "c4e61b83d02a"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "shipments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="shipments_order_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shipments_order_id", "shipments", ["order_id"])


def downgrade():
    op.drop_table("shipments")
