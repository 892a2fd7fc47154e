"""merge

Revision ID: c001
Revises: (a003, b002)
Create Date: 2024-01-06 09:00:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "c001"
down_revision = ("a003", "b002")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
