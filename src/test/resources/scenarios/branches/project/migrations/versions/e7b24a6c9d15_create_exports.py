"""Create exports

Revision ID: e7b24a6c9d15
Revises: c0d51e9f7a38
Create Date: 2025-02-20 08:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "e7b24a6c9d15"
down_revision = "c0d51e9f7a38"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="exports_report_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("exports")
