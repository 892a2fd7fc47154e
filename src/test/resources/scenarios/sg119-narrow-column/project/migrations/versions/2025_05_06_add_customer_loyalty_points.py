"""Add customer loyalty points

Revision ID: 2025_05_06_add_customer_loyalty_points
Revises: f18a2d5c7e90
Create Date: 2025-05-06 09:30:15.640221

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "2025_05_06_add_customer_loyalty_points"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("customers", sa.Column("points", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade():
    raise NotImplementedError
