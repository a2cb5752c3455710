"""Say for whom kinds of support are there by their nature."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_23_for_whom'
down_revision = '2026_11_22_desks'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of what is there already nothing is known; the vocabularies are read from their files at every start, and say it.
    op.add_column('taxonomy_term', sa.Column('people', sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    with op.batch_alter_table('taxonomy_term') as table:
        table.drop_column('people')
