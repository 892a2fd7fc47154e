"""Members can be banned

Revision ID: 27ac4f908b1d
Revises: 60e9b1d5f832
Create Date: 2025-03-10 13:18:27.302549

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "27ac4f908b1d"
down_revision = "60e9b1d5f832"
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE member_status ADD VALUE 'banned'")


def downgrade():
    raise NotImplementedError
