"""billing schema

Revision ID: a003
Revises: a002
Create Date: 2024-01-03 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "a003"
down_revision = "a002"
branch_labels = None
depends_on = None


SCHEMA = "billing"
invoice_kind = postgresql.ENUM("a", "b", name="invoice_kind", schema=SCHEMA, create_type=False)


def upgrade():
    op.execute("CREATE SCHEMA IF NOT EXISTS billing")
    invoice_kind.create(op.get_bind(), checkfirst=True)
    invoices = op.create_table(
        "invoices",
        sa.Column("id", postgresql.UUID(as_uuid=True), primary_key=True, server_default=sa.text("gen_random_uuid()")),
        sa.Column("order_id", sa.BigInteger(), sa.ForeignKey("orders.id"), index=True),
        sa.Column("kind", invoice_kind, nullable=False),
        sa.Column("status", sa.Enum("x", "y", name="invoice_status", inherit_schema=True)),
        sa.Column("number", sa.String(20)),
        sa.UniqueConstraint("number", name="uq_invoices_number"),
        schema=SCHEMA,
    )
    op.bulk_insert(invoices, [])
    op.create_index("ix_invoices_lower", "invoices", [sa.text("lower(number)")], schema=SCHEMA,
                    postgresql_where=sa.text("kind = 'a'"))
    op.create_index(None, "invoices", ["status"], schema=SCHEMA)
    op.create_foreign_key(None, "invoices", "users", ["number"], ["handle"], source_schema=SCHEMA)


def downgrade():
    op.drop_table("invoices", schema=SCHEMA)
