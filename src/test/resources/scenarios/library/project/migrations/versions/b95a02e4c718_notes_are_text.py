"""Notes are text

Revision ID: b95a02e4c718
Revises: 1f6c8e37d0b4
Create Date: 2025-02-11 11:47:19.663021

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "b95a02e4c718"
down_revision = "1f6c8e37d0b4"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column(
        "members",
        "note",
        existing_type=sa.String(length=40),
        type_=sa.Text(),
        nullable=False,
        server_default="",
    )


def downgrade():
    raise NotImplementedError
