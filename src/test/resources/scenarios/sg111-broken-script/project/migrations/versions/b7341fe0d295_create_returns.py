"""Create returns

Revision ID: b7341fe0d295
Revises: f18a2d5c7e90
Create Date: 2025-06-13 11:02:09.440186

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "b7341fe0d295"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False,
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("returns")
