"""Create fines

Revision ID: c8f01a6d2e97
Revises: 9b3d5e1c7f40
Create Date: 2025-04-02 17:29:10.756640

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "c8f01a6d2e97"
down_revision = "9b3d5e1c7f40"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "fines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(8, 2), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fines_member_id_fkey"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_fines_member_id", "fines", ["member_id"])


def downgrade():
    raise NotImplementedError
