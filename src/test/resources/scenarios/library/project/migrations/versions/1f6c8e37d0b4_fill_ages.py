"""Fill in ages

Revision ID: 1f6c8e37d0b4
Revises: a7d2904be615
Create Date: 2025-02-03 08:22:55.104930

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "1f6c8e37d0b4"
down_revision = "a7d2904be615"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE members SET age = 18 WHERE age IS NULL")


def downgrade():
    raise NotImplementedError
