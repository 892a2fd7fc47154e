"""Create profiles

Revision ID: 6de80b25f1c9
Revises: f18a2d5c7e90
Create Date: 2025-05-02 10:11:12.131415

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = "6de80b25f1c9"
down_revision = "f18a2d5c7e90"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "profiles",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("bio", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="profiles_account_id_fkey"),
        sa.PrimaryKeyConstraint("account_id"),
    )


def downgrade():
    raise NotImplementedError
