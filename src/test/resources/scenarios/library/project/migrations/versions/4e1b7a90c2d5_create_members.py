"""Create members

Revision ID: 4e1b7a90c2d5
Revises:
Create Date: 2025-01-07 09:00:12.500114

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "4e1b7a90c2d5"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE EXTENSION pgcrypto")
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Enum("active", "gone", name="member_status"), server_default="active", nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=40), nullable=True),
        sa.CheckConstraint("age >= 0", name="ck_members_age"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_members_active", "members", ["name"], postgresql_where=sa.text("status = 'active'"))
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    raise NotImplementedError
