"""Ship to the first customer

Revision ID: 9e02b7f4d6c8
Revises: f18a2d5c7e90
Create Date: 2025-06-12 16:20:41.117308

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "9e02b7f4d6c8"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None

orders = sa.table("orders", sa.column("id"), sa.column("customer_id"))


def upgrade():
    bind = op.get_bind()
    first = bind.execute(sa.text("SELECT id FROM customers ORDER BY id LIMIT 1")).one()
    bind.execute(orders.update().where(orders.c.customer_id.is_(None)).values(customer_id=first.id))


def downgrade():
    pass
