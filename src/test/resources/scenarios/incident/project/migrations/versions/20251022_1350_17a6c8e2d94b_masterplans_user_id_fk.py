"""masterplans_user_id_fk

Revision ID: 17a6c8e2d94b
Revises: e95d1b36f7a0
Create Date: 2025-10-22 13:50:05.271835

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision = "17a6c8e2d94b"
down_revision = "e95d1b36f7a0"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column(
        "masterplans",
        "user_id",
        existing_type=sa.String(length=100),
        type_=postgresql.UUID(as_uuid=True),
        existing_nullable=False,
        postgresql_using="user_id::uuid",
    )
    op.create_foreign_key(
        "masterplans_user_id_fkey", "masterplans", "users", ["user_id"], ["user_id"], ondelete="CASCADE"
    )


def downgrade():
    op.drop_constraint("masterplans_user_id_fkey", "masterplans", type_="foreignkey")
    op.alter_column(
        "masterplans",
        "user_id",
        existing_type=postgresql.UUID(as_uuid=True),
        type_=sa.String(length=100),
        existing_nullable=False,
    )
