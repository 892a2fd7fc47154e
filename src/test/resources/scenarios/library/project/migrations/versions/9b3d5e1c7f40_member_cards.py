"""Give members cards

Revision ID: 9b3d5e1c7f40
Revises: 27ac4f908b1d
Create Date: 2025-03-19 12:00:48.015597

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "9b3d5e1c7f40"
down_revision = "27ac4f908b1d"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("members", sa.Column("card", sa.String(length=20), nullable=True))
    with op.get_context().autocommit_block():
        op.create_index("uq_members_card", "members", ["card"], unique=True, postgresql_concurrently=True)


def downgrade():
    raise NotImplementedError
