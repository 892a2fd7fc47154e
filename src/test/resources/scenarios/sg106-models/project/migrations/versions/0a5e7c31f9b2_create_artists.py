"""Create artists

Revision ID: 0a5e7c31f9b2
Revises:
Create Date: 2025-05-05 09:14:20.334871

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "0a5e7c31f9b2"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE EXTENSION pgcrypto")
    op.create_table(
        "artists",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("uq_artists_current", "artists", ["name"], unique=True, postgresql_where=sa.text("left_on IS NULL"))


def downgrade():
    raise NotImplementedError
