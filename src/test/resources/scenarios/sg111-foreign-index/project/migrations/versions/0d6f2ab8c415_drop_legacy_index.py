"""Drop an index that somebody made by hand

Revision ID: 0d6f2ab8c415
Revises: f18a2d5c7e90
Create Date: 2025-03-01 09:00:00

"""
from alembic import op

revision = "0d6f2ab8c415"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index("ix_customers_by_hand", "customers")


def downgrade():
    op.create_index("ix_customers_by_hand", "customers", ["email", "name"])
