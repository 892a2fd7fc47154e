"""functions and triggers

Revision ID: b002
Revises: b001
Create Date: 2024-01-05 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "b002"
down_revision = "b001"
branch_labels = None
depends_on = None


FUNCTION = """
CREATE OR REPLACE FUNCTION touch_orders(since timestamptz, n int DEFAULT 1, OUT total bigint)
LANGUAGE sql AS $body$ SELECT count(*) + n FROM orders; -- ; DROP TABLE orders
$body$;
"""


def _create_trigger():
    op.execute(
        "CREATE FUNCTION orders_tsv() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN NEW.tsv := to_tsvector(NEW.remark); RETURN NEW; END; $$"
    )
    op.execute("CREATE TRIGGER orders_tsv_update BEFORE INSERT OR UPDATE ON orders "
               "FOR EACH ROW EXECUTE FUNCTION orders_tsv()")


def upgrade():
    op.execute(FUNCTION)
    _create_trigger()
    op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY own_orders ON orders USING (true)")
    op.execute("CREATE VIEW paid_orders AS SELECT id, total FROM orders WHERE state = 'paid'")
    op.execute(sa.text("CREATE MATERIALIZED VIEW order_totals AS SELECT user_id, sum(total) AS s FROM orders GROUP BY 1"))
    op.execute("CREATE UNIQUE INDEX ON order_totals (user_id)")
    op.execute("CREATE SEQUENCE ticket_numbers START 100")
    op.execute("CREATE DOMAIN positive AS integer CHECK (VALUE > 0)")


def downgrade():
    pass
