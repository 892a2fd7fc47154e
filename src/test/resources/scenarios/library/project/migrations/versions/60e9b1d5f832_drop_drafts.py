"""Drop drafts

Revision ID: 60e9b1d5f832
Revises: d3478f1a60ce
Create Date: 2025-03-01 09:40:02.447718

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "60e9b1d5f832"
down_revision = "d3478f1a60ce"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_table("drafts")


def downgrade():
    raise NotImplementedError
