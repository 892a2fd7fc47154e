"""Create coupons

Revision ID: 0d7e94b6a3f2
Revises: c4e61b83d02a
Create Date: 2025-04-22 10:01:05.448120

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "0d7e94b6a3f2"
down_revision = "c4e61b83d02a"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "coupons",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )


def downgrade():
    op.drop_table("coupons")
