"""Create reports

Revision ID: 6a94e2d07bc1
Revises: 11f0a6d3c852
Create Date: 2025-02-05 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "6a94e2d07bc1"
down_revision = "11f0a6d3c852"
branch_labels = None
depends_on = "52d8b90e4a17"


def upgrade():
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="reports_project_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("reports")
