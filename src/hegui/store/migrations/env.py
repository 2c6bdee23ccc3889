"""Alembic's entry point: it runs the revisions on the connection that was handed in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
