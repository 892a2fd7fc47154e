"""Create visits

Revision ID: 7c41d90be258
Revises: a08e62f4c19b
Create Date: 2025-03-06 09:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "7c41d90be258"
down_revision = "a08e62f4c19b"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customers.id"), nullable=False),
    )


def downgrade():
    op.drop_table("visits")
