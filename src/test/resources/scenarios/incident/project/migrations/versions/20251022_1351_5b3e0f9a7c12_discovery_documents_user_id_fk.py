"""discovery_documents_user_id_fk

Revision ID: 5b3e0f9a7c12
Revises: 17a6c8e2d94b
Create Date: 2025-10-22 13:51:22.839407

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "5b3e0f9a7c12"
down_revision = "17a6c8e2d94b"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column(
        "discovery_documents",
        "user_id",
        existing_type=sa.String(length=100),
        type_=postgresql.UUID(as_uuid=True),
        existing_nullable=False,
        postgresql_using="user_id::uuid",
    )
    op.create_foreign_key(
        "discovery_documents_user_id_fkey", "discovery_documents", "users", ["user_id"], ["user_id"], ondelete="CASCADE"
    )


def downgrade():
    op.drop_constraint("discovery_documents_user_id_fkey", "discovery_documents", type_="foreignkey")
    op.alter_column(
        "discovery_documents",
        "user_id",
        existing_type=postgresql.UUID(as_uuid=True),
        type_=sa.String(length=100),
        existing_nullable=False,
    )
