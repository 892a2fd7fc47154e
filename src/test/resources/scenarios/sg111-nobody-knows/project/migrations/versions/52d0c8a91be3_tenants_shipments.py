"""A table of shipments for every tenant

Revision ID: 52d0c8a91be3
Revises: f18a2d5c7e90
Create Date: 2025-06-11 09:30:14.601772

"""
from alembic import context, op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "52d0c8a91be3"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None


def upgrade():
    for tenant in context.get_x_argument(as_dictionary=True)["tenants"].split(","):
        op.create_table("shipments_" + tenant, sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    raise NotImplementedError
