"""drop things

Revision ID: c003
Revises: c002
Create Date: 2024-01-08 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c003"
down_revision = "c002"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_constraint("uq_orders_note", "orders", type_="unique")
    op.drop_column("orders", "discount")
    op.drop_index(op.f("ix_orders_state"), table_name="orders")
    op.drop_column("invoices", "number", schema="billing")
    with op.batch_alter_table("accounts") as batch:
        batch.drop_constraint("users_age_check", type_="check")
        batch.drop_column("nick")
        batch.add_column(sa.Column("manager_id", sa.Integer(), sa.ForeignKey("accounts.id"), index=True))
        batch.create_foreign_key(batch.f("fk_accounts_referrer"), "accounts", ["manager_id"], ["id"])
        batch.create_check_constraint("ck_accounts_self", "manager_id <> id")
    op.execute("DROP FUNCTION touch_orders; DROP TRIGGER orders_tsv_update ON orders; DROP POLICY own_orders ON orders;")
    op.execute("DROP FUNCTION IF EXISTS orders_search() CASCADE")
    op.execute("DROP MATERIALIZED VIEW order_totals")
    op.execute("DROP DOMAIN IF EXISTS positive")


def downgrade():
    pass
