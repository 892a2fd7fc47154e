"""Runs the migrations against the database that DATABASE_URL names; the ledger has a schema of its own."""
import os

from alembic import context
from sqlalchemy import create_engine, pool, text


def run_migrations_online():
    engine = create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS ops"))
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=None, version_table_schema="ops")
        with context.begin_transaction():
            context.run_migrations()


run_migrations_online()
