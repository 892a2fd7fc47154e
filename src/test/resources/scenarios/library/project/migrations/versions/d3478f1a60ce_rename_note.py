"""Rename members.note

Revision ID: d3478f1a60ce
Revises: b95a02e4c718
Create Date: 2025-02-20 16:05:31.871265

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "d3478f1a60ce"
down_revision = "b95a02e4c718"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("members", "note", new_column_name="remark")


def downgrade():
    raise NotImplementedError
