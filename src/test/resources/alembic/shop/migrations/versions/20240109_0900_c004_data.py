"""data only

Revision ID: c004
Revises: c003
Create Date: 2024-01-09 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c004"
down_revision = "c003"
branch_labels = None
depends_on = None


import logging

logger = logging.getLogger(__name__)


def upgrade():
    conn = op.get_bind()
    if conn.dialect.name == "sqlite":
        op.drop_table("accounts")
        return
    accounts = sa.table("accounts", sa.column("id"), sa.column("email"))
    rows = conn.execute(sa.select(accounts.c.id, accounts.c.email)).fetchall()
    logger.info("found %s accounts", len(rows))
    for row in rows:
        conn.execute(accounts.update().where(accounts.c.id == row.id).values(email=row.email.lower()))
        conn.execute(sa.text("UPDATE orders SET remark = :r WHERE user_id = :u"), {"r": "x", "u": row.id})
    op.execute(accounts.insert().values(email="root@example.com"))
    op.execute(f"UPDATE accounts SET is_active = {True} WHERE id > {len(rows)}")
    op.execute("COMMENT ON TABLE accounts IS 'people'; GRANT SELECT ON accounts TO PUBLIC; SELECT setval('tickets', 200)")
    op.create_table_comment("orders", "what was bought")


def downgrade():
    pass
