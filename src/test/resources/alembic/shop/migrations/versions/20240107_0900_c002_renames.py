"""rename things

Revision ID: c002
Revises: c001
Create Date: 2024-01-07 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c002"
down_revision = "c001"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("DROP VIEW paid_orders")
    op.rename_table("users", "accounts")
    op.alter_column("accounts", "handle", new_column_name="nick", existing_type=sa.Text())
    op.alter_column("accounts", "email", type_=sa.Text(), existing_nullable=False)
    op.execute("ALTER INDEX ix_users_created_at RENAME TO ix_accounts_created_at")
    op.execute("ALTER INDEX users_pkey RENAME TO accounts_pkey")
    op.execute('ALTER TABLE accounts RENAME CONSTRAINT "users_handle_key" TO accounts_nick_key')
    op.execute("ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'void'; ALTER TYPE order_state RENAME TO order_status")
    op.execute("ALTER SEQUENCE ticket_numbers RENAME TO tickets")
    op.execute("ALTER FUNCTION orders_tsv() RENAME TO orders_search")


def downgrade():
    pass
