"""search branch

Revision ID: b001
Revises: a002
Create Date: 2024-01-04 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "b001"
down_revision = "a002"
branch_labels = ("search",)
depends_on = None


def upgrade():
    op.execute(
        """
        -- full text search; keep in step with the trigger
        ALTER TABLE orders ADD COLUMN IF NOT EXISTS tsv tsvector, ADD COLUMN weight int CHECK (weight > 0);
        CREATE INDEX ix_orders_tsv ON orders USING gin (tsv);
        """
    )


def downgrade():
    op.drop_column("orders", "tsv")
