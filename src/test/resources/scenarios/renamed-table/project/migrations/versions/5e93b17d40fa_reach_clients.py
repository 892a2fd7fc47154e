"""Reach clients

Revision ID: 5e93b17d40fa
Revises: 2f60a8c91d37
Create Date: 2025-03-04 09:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "5e93b17d40fa"
down_revision = "2f60a8c91d37"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("clients", sa.Column("email", sa.String(120)))
    op.add_column("clients", sa.Column("phone", sa.String(40)))
    op.create_unique_constraint("uq_clients_email", "clients", ["email"])


def downgrade():
    op.drop_column("clients", "phone")
    op.drop_column("clients", "email")
