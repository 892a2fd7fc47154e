"""Create works

Revision ID: 5c19d8e4a6f0
Revises: 0a5e7c31f9b2
Create Date: 2025-05-12 14:55:08.902113

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "5c19d8e4a6f0"
down_revision = "0a5e7c31f9b2"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("CREATE TYPE seed AS (title text, year integer)")
    op.create_table(
        "works",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["artist_id"], ["artists.id"], name="works_artist_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    raise NotImplementedError
