"""names PostgreSQL and SQLAlchemy choose

Revision ID: c005
Revises: c004
Create Date: 2024-01-10 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c005"
down_revision = "c004"
branch_labels = None
depends_on = None


LONG = "a_table_with_a_rather_long_name_for_the_sake_of_truncation"


def upgrade():
    op.create_table(
        LONG,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("another_rather_long_column_name", sa.Integer, index=True),
        sa.Column("one_more_rather_long_column_name", sa.Integer, unique=True),
        sa.Column("account_identifier", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("Mixed Case", sa.Integer, sa.CheckConstraint('"Mixed Case" > 0')),
        sa.Column("size", sa.Enum("s", "m", name="size", native_enum=False, create_constraint=True)),
        sa.Column("Kind", sa.Enum("s", "m", name="Kind", create_type=False)),
    )
    op.create_table("Mixed", sa.Column("Id", sa.Integer, primary_key=True), sa.Column("val", sa.Integer))
    op.create_check_constraint(None, "Mixed", sa.text("val > 0"))
    op.create_check_constraint(None, "Mixed", sa.text("val < 10"))
    op.create_unique_constraint(None, "Mixed", ["val", "Id"])
    op.execute('ALTER TABLE "Mixed" ADD UNIQUE (val), ADD COLUMN "Other" text UNIQUE')
    op.execute('CREATE INDEX ON "Mixed" (val); CREATE INDEX ON "Mixed" (val)')
    op.add_column("Mixed", sa.Column("parent", sa.Integer, sa.ForeignKey("Mixed.Id"), unique=True))
    op.create_exclude_constraint("no_overlap", "Mixed", ("val", "="), using="btree")


def downgrade():
    pass
