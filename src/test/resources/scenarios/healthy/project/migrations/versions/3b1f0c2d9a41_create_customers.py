"""Create customers

Revision ID: 3b1f0c2d9a41
Revises:
Create Date: 2025-03-03 09:12:44.120533

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "3b1f0c2d9a41"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Enum("basic", "gold", name="customer_tier"), server_default="basic", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_customers_email", "customers", ["email"], unique=True)


def downgrade():
    op.drop_table("customers")
    op.execute("DROP TYPE customer_tier")
