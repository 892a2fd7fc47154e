"""Make customer phone unique

Revision ID: 29c5f0e8b714
Revises: f18a2d5c7e90
Create Date: 2025-05-06 12:34:56.789012

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "29c5f0e8b714"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_customers_phone ON customers (phone)")


def downgrade():
    op.drop_index("uq_customers_phone", table_name="customers")
