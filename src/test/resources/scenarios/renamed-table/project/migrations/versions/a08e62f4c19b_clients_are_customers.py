"""Clients are customers

Revision ID: a08e62f4c19b
Revises: 5e93b17d40fa
Create Date: 2025-03-05 09:00:00

"""
from alembic import op

revision = "a08e62f4c19b"
down_revision = "5e93b17d40fa"
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table("clients", "customers")


def downgrade():
    op.rename_table("customers", "clients")
