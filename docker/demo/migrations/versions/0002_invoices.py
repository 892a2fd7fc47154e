"""Create invoices"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "invoices",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_invoices_customer_id", "invoices", ["customer_id"])


def downgrade():
    op.drop_table("invoices")
