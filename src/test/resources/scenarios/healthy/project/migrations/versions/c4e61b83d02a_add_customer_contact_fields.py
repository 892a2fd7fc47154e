"""Add customer contact fields

Revision ID: c4e61b83d02a
Revises: a90d4e7715cf
Create Date: 2025-04-02 17:45:30.085427

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "c4e61b83d02a"
down_revision = "a90d4e7715cf"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("customers", sa.Column("phone", sa.String(length=40), nullable=True))
    op.add_column("customers", sa.Column("newsletter", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index("ix_customers_phone", "customers", ["phone"])


def downgrade():
    op.drop_index("ix_customers_phone", table_name="customers")
    op.drop_column("customers", "newsletter")
    op.drop_column("customers", "phone")
