"""Alembic's way in: it runs on the connection that ``directory.migrations`` hands over, inside its transaction."""

from alembic import context

from directory.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,   # SQLite cannot alter a constraint in place
    compare_type=True,
)
context.run_migrations()
