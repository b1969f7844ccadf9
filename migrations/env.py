"""Runs migrations on the connection that tracker.services.upgrade_database hands over.

Only Alembic reads this file; `make migration NAME=…` and `python -m tracker db upgrade` call it.
"""

from alembic import context

from tracker.db import Instant
from tracker.models import Base


def render_item(kind, thing, _context):
    """Our instants are plain timestamps with time zone in a migration."""
    is_instant = kind == "type" and isinstance(thing, Instant)
    return "sa.DateTime(timezone=True)" if is_instant else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
