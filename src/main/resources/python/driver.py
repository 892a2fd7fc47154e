"""Runs a project's Alembic revisions one by one, for somebody who looks at the database in between.

Ships inside stampguard and runs as `python -c`. Alembic 1.8 and newer, SQLAlchemy 1.4 and 2.

Standard input: a line of JSON with settings, then one command a line: `run REVISION` or `stop`.
The end of standard input ends the process at once, in the middle of a revision too: whoever asked
is gone.
Standard output: one JSON object a line, its `type` is `hello`, `begin`, `done`, `failed`,
`finished` or `broken`. What scripts print goes to standard error.
The database is the one of the variable DATABASE_URL; the project's own env.py is not run.
"""

import argparse
import importlib.util
import json
import os
import queue
import re
import sys
import threading
import traceback


def keep_the_protocol_to_ourselves():
    """Scripts get an empty standard input, and standard error as their standard output."""
    commands = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return commands, answers


COMMANDS, ANSWERS = keep_the_protocol_to_ourselves()

# `python -c` looks into the working directory first, where projects like to keep a directory
# called alembic. Alembic itself is imported before that directory may be seen.
sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]

import alembic  # noqa: E402
import sqlalchemy  # noqa: E402
from alembic.config import Config  # noqa: E402
from alembic.runtime.environment import EnvironmentContext  # noqa: E402
from alembic.runtime.migration import MigrationStep  # noqa: E402
from alembic.script import ScriptDirectory  # noqa: E402

sys.path.append(os.getcwd())


def answer(type_, **values):
    ANSWERS.write(json.dumps(dict(values, type=type_)) + "\n")
    ANSWERS.flush()


class Commands:
    """Lines of standard input, read on a thread of their own to notice its end at any time."""

    def __init__(self):
        self._lines = queue.Queue()
        self.settings = json.loads(COMMANDS.readline() or "{}")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in COMMANDS:
            self._lines.put(line.strip())
        os._exit(0)

    def next(self):
        verb, _, revision = self._lines.get().partition(" ")
        return verb, revision


def one_line(error):
    """What an error says, without its class and on one line."""
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0].strip() if text else type(error).__name__


def line_in(file, error):
    """The last line of a file that took part in an error; 1 when none did."""
    file = os.path.realpath(file)
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if os.path.realpath(frame.filename) == file
    ]
    if not lines and isinstance(error, SyntaxError) and error.lineno:
        return error.lineno
    return lines[-1] if lines else 1


class ServerError:
    """The parts of a server's error, whichever library it came through."""

    def __init__(self, error):
        orig = getattr(error, "orig", None)
        fields = orig.args[0] if orig is not None and orig.args else None
        if not isinstance(fields, dict):  # pg8000 has the fields of the protocol
            fields = {}
        diag = getattr(orig, "diag", None)
        self.sqlstate = (
            getattr(orig, "pgcode", None) or getattr(orig, "sqlstate", None) or fields.get("C")
        )
        self.routine = getattr(diag, "source_function", None) or fields.get("R")
        self.message = (
            getattr(diag, "message_primary", None) or fields.get("M") or one_line(error)
        )


def missing_relation(error, server):
    """The relation a statement did not find, as the server names it, or None."""
    if isinstance(error, sqlalchemy.exc.NoSuchTableError):
        return str(error)
    # errorMissingRTE complains about a name in FROM, with the same SQLSTATE
    if server.sqlstate != "42P01" or server.routine == "errorMissingRTE":
        return None
    quoted = re.search("[\"“„«]\\s?(.+?)\\s?[\"”“»]", server.message)
    return quoted.group(1) if quoted else None


def failed(revision, file, error):
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    server = ServerError(error)
    answer(
        "failed",
        revision=revision,
        sqlstate=server.sqlstate,
        message=server.message,
        missing=missing_relation(error, server),
        module=error.name if isinstance(error, ImportError) else None,
        file=file,
        line=line_in(file, error),
    )


def database():
    """The URL of the scratch database with the library that is there, and what it needs besides."""
    url = sqlalchemy.engine.make_url(os.environ["DATABASE_URL"])
    for library in ("psycopg2", "psycopg", "pg8000", "asyncpg"):
        if library == "psycopg" and sqlalchemy.__version__.startswith("1."):
            continue
        if importlib.util.find_spec(library) is None:
            continue
        url = url.set(drivername="postgresql+" + library)
        arguments = {}
        socket_directory = url.query.get("host")
        if library == "pg8000" and socket_directory:
            port = url.query.get("port", "5432")
            arguments["unix_sock"] = "%s/.s.PGSQL.%s" % (socket_directory, port)
            url = url.set(query={})
        return url, arguments
    raise ModuleNotFoundError(
        "none of psycopg2, psycopg, pg8000 and asyncpg is installed", name="psycopg2"
    )


def with_connection(config, work):
    """Calls work(connection) with a connection to the scratch database."""
    url, arguments = database()
    # As written: SQLAlchemy would print the password as asterisks.
    config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))
    options = {"poolclass": sqlalchemy.pool.NullPool, "connect_args": arguments}
    if sqlalchemy.__version__.startswith("1.") and url.drivername != "postgresql+asyncpg":
        wanted = config.get_main_option("sqlalchemy.future", "false")
        options["future"] = wanted.strip().lower() in ("true", "1", "yes", "on")
    if url.drivername == "postgresql+asyncpg":
        import asyncio

        from sqlalchemy.ext.asyncio import create_async_engine

        async def run():
            async with create_async_engine(url, **options).connect() as connection:
                await connection.run_sync(work)

        asyncio.run(run())
    else:
        with sqlalchemy.create_engine(url, **options).connect() as connection:
            work(connection)


class Replay:
    """Obeys commands, one revision at a time."""

    def __init__(self, config, scripts, settings, commands):
        self.config = config
        self.scripts = scripts
        self.settings = settings
        self.commands = commands
        self.connection = None
        self.running = None
        self.stopped = False

    def configure(self, environment, connection):
        """What a project's env.py does, done by us. Another one would take this method's place."""
        environment.configure(
            connection=connection,
            target_metadata=sqlalchemy.MetaData(
                naming_convention=self.settings.get("naming_convention")
            ),
            transaction_per_migration=True,
            version_table=self.settings.get("version_table") or "alembic_version",
            version_table_schema=self.ledger_schema(connection),
        )

    def ledger_schema(self, connection):
        """Where the ledger goes: its own schema may be there only after the first revisions."""
        schema = self.settings.get("version_table_schema")
        with connection.begin():
            there = sqlalchemy.inspect(connection).get_schema_names()
        return schema if schema in there else None

    def work(self, connection):
        self.connection = connection
        with EnvironmentContext(self.config, self.scripts, fn=self.steps) as environment:
            self.configure(environment, connection)
            self.obey(environment)

    def obey(self, environment):
        answer(
            "hello",
            python="%d.%d.%d" % sys.version_info[:3],
            alembic=alembic.__version__,
            sqlalchemy=sqlalchemy.__version__,
            library=self.connection.dialect.driver,
        )
        while not self.stopped:
            try:
                environment.run_migrations()
            except (Exception, SystemExit) as error:
                if self.running is None:
                    raise
                revision, file = self.running
                self.running = None
                self.roll_back()
                failed(revision, file, error)
        answer("finished", heads=sorted(environment.get_context().get_current_heads()))

    def steps(self, heads, context):
        """What Alembic runs: it asks for the next step once the one before is committed."""
        while True:
            self.settle()
            verb, revision = self.commands.next()
            if verb != "run":
                self.stopped = True
                return
            script = self.find(revision)
            if script is None:
                answer(
                    "failed",
                    revision=revision,
                    sqlstate=None,
                    message="Alembic does not find this revision",
                    missing=None,
                    module=None,
                    file=None,
                    line=1,
                )
                continue
            step = MigrationStep.upgrade_from_script(self.scripts.revision_map, script)
            answer("begin", revision=revision)
            self.running = (revision, script.path)
            yield step

    def find(self, revision):
        try:
            return self.scripts.get_revision(revision)
        except alembic.util.CommandError:
            return None

    def settle(self):
        """Ends the revision before. One that committed by itself left its ledger row open."""
        transaction = self.connection.get_transaction()
        if transaction is not None:
            transaction.commit()
        if self.running is not None:
            revision, _ = self.running
            self.running = None
            answer("done", revision=revision)

    def roll_back(self):
        transaction = self.connection.get_transaction()
        if transaction is not None:
            transaction.rollback()


def load(config):
    """All scripts. One that cannot be imported is one answer, and the end."""
    scripts = ScriptDirectory.from_config(config)
    try:
        scripts.get_heads()
    except Exception as error:
        traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
        # The way from us ("<string>") to the error leads through Alembic, SQLAlchemy and the import
        # machinery ("<frozen …>") into the script that is being loaded.
        tools = tuple(os.path.dirname(tool.__file__) for tool in (alembic, sqlalchemy))
        way = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if not frame.filename.startswith(("<",) + tools)
        ]
        if way:
            broken(error, way[0].filename, way[0].lineno)
        else:
            broken(error, getattr(error, "filename", None), getattr(error, "lineno", None) or 1)
        return None
    return scripts


def broken(error, file, line):
    module = error.name if isinstance(error, ImportError) else None
    answer("broken", message=one_line(error), module=module, file=file, line=line)


def main():
    commands = Commands()
    settings = commands.settings
    files = {}
    if settings.get("toml"):
        files["toml_file"] = settings["toml"]
    config = Config(
        settings.get("ini"),
        ini_section=settings.get("section") or "alembic",
        cmd_opts=argparse.Namespace(x=settings.get("x_arguments") or None),
        **files
    )
    try:
        scripts = load(config)
        if scripts is not None:
            with_connection(config, Replay(config, scripts, settings, commands).work)
    except Exception as error:
        traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
        broken(error, None, 1)


main()
