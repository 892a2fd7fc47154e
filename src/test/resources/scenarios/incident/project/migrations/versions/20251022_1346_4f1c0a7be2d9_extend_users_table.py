"""Extend users table

Revision ID: 4f1c0a7be2d9
Revises: 93ad2d77767b
Create Date: 2025-10-22 13:46:02.904516

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "4f1c0a7be2d9"
down_revision = "93ad2d77767b"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("is_verified", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("users", sa.Column("verification_token", sa.String(length=100), nullable=True))
    op.add_column("users", sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_users_verification_token", "users", ["verification_token"])


def downgrade():
    op.drop_index("ix_users_verification_token", table_name="users")
    op.drop_column("users", "last_login_at")
    op.drop_column("users", "verification_token")
    op.drop_column("users", "is_verified")
