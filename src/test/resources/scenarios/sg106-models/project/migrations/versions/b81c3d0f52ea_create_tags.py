"""Create tags

Revision ID: b81c3d0f52ea
Revises: e2f64b0d7c95
Create Date: 2025-06-01 08:30:00.118204

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "b81c3d0f52ea"
down_revision = "e2f64b0d7c95"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "tags",
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name="tags_work_id_fkey"),
        sa.PrimaryKeyConstraint("work_id", "label"),
    )


def downgrade():
    raise NotImplementedError
