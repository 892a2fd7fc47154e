"""Runs a project's Alembic revisions one by one, for somebody who looks at the database in between.

Ships inside stampguard and runs as `python -c`, followed by change.py and main.py: one program in
three files. Alembic 1.8 and newer, SQLAlchemy 1.4 and 2.

Standard input: a line of JSON with settings, then one command a line: `run REVISION` or `stop` in a
scratch database; change.py says those for a database that is to be changed.
The end of standard input ends the process at once, in the middle of a revision too: whoever asked
is gone.
Standard output: one JSON object a line, its `type` is `hello`, `begin`, `done`, `failed`,
`finished`, `broken` or `elsewhere`. What scripts print goes to standard error.
The database is the one of the variable DATABASE_URL, and no other is let through. The project's own
env.py is run only where the settings say so.
"""

import copy
import functools
import importlib.util
import json
import os
import queue
import re
import ssl
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
from alembic.config import CommandLine, Config  # noqa: E402
from alembic.operations import Operations  # noqa: E402
from alembic.runtime.environment import EnvironmentContext  # noqa: E402
from alembic.runtime.migration import HeadMaintainer, MigrationStep  # noqa: E402
from alembic.script import ScriptDirectory  # noqa: E402

sys.path.append(os.getcwd())

# Before project code may change it.
DATABASE_URL = os.environ["DATABASE_URL"]


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
        verb, _, argument = self._lines.get().partition(" ")
        return verb, argument


def one_line(error):
    """What an error says, without its class and on one line."""
    if isinstance(error, KeyError):
        return "there is no %s" % error  # that is all it says
    if isinstance(error, SystemExit) and not isinstance(error.code, str):
        return "it ends Python with exit code %s" % (error.code or 0)
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
        orig = getattr(error, "orig", None) or error
        if type(orig).__module__.startswith("sqlalchemy.") and hasattr(orig.__cause__, "sqlstate"):
            orig = orig.__cause__  # asyncpg's own, behind SQLAlchemy's
        fields = orig.args[0] if orig.args else None
        if not isinstance(fields, dict):  # pg8000 has the fields of the protocol
            fields = {}
        diag = getattr(orig, "diag", None)
        self.sqlstate = (
            getattr(orig, "pgcode", None) or getattr(orig, "sqlstate", None) or fields.get("C")
        )
        self.routine = (
            getattr(diag, "source_function", None)
            or getattr(orig, "server_source_function", None)
            or fields.get("R")
        )
        self.message = (
            getattr(diag, "message_primary", None) or fields.get("M") or one_line(orig)
        )


# What the server says in English; in other languages only relations are understood.
MISSING = re.compile(
    r'(index|type|extension|constraint|trigger|column|schema|function) (?:"(.+?)"|(\S+\(.*?\)))'
    r'(?: (?:of relation|for table|for relation) "(.+?)")?.* does not exist'
)
IS_MISSING = ("42704", "42703", "42883", "3F000")
IS_THERE = ("42P07", "42710", "42701", "42723", "42P06")


def missing_object(error, server):
    """What a statement did not find: kind, name, and the relation it should be in; or Nones."""
    if isinstance(error, sqlalchemy.exc.NoSuchTableError):
        return "table", str(error), None
    # errorMissingRTE complains about a name in FROM, with the same SQLSTATE
    if server.sqlstate == "42P01" and server.routine != "errorMissingRTE":
        return "table", quoted_name(server), None
    found = MISSING.match(server.message) if server.sqlstate in IS_MISSING else None
    if found is None:
        return None, None, None
    return found.group(1), found.group(2) or found.group(3), found.group(4)


def quoted_name(server):
    """What stands in the server's quotation marks, in whatever language."""
    quoted = re.search("[\"“„«]\\s?(.+?)\\s?[\"”“»]", server.message)
    return quoted.group(1) if quoted else None


def trouble(error, file):
    """What is said about an error, in a script or, where that is None, outside of any."""
    print_error(error)
    server = ServerError(error)
    kind, name, relation = missing_object(error, server)
    return dict(
        sqlstate=server.sqlstate,
        message=server.message,
        missing_kind=kind,
        missing=name,
        missing_in=relation,
        existing=quoted_name(server) if server.sqlstate in IS_THERE else None,
        module=error.name if isinstance(error, ImportError) else None,
        file=file,
        line=line_in(file, error) if file else 1,
    )


def print_error(error):
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)


class UnknownRevision(Exception):
    """The scripts have no such revision."""

    def __init__(self):
        super().__init__("Alembic does not find this revision")


class Elsewhere(Exception):
    """Project code connects to another database than ours."""


class Database:
    """Knows the database that is ours, and refuses every connection to another one."""

    # A server that was restored from a copy of another has everything but the moment of its start.
    IDENTITY = (
        "SELECT current_database(), (SELECT d.oid FROM pg_catalog.pg_database d"
        " WHERE d.datname = current_database())::text,"
        " to_char(pg_catalog.pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')"
    )
    OWN = ("psycopg2", "psycopg", "pg8000", "asyncpg")
    LIBRARIES = OWN + ("sqlalchemy.dialects.postgresql",)

    def __init__(self, called):
        self._called = called
        self._identity = None
        sqlalchemy.event.listen(sqlalchemy.pool.Pool, "connect", self._connected)
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        """Python asks for a module: one that scripts may connect with is guarded from the start."""
        if name not in self.OWN:
            return None
        others = [finder for finder in sys.meta_path if finder is not self]
        specs = (finder.find_spec(name, path, target) for finder in others)
        spec = next((found for found in specs if found is not None), None)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                self._guard(module)

            spec.loader.exec_module = exec_module
        return spec

    def _guard(self, module):
        connect = module.connect

        @functools.wraps(connect)
        def guarded(*arguments, **options):
            connection = connect(*arguments, **options)
            try:
                self.check(connection)
            except Elsewhere:
                connection.close()
                raise
            connection.rollback()
            return connection

        @functools.wraps(connect)
        async def guarded_coroutine(*arguments, **options):
            connection = await connect(*arguments, **options)
            try:
                self._compare(tuple(await connection.fetchrow(self.IDENTITY)))
            except Elsewhere:
                await connection.close()
                raise
            return connection

        module.connect = guarded_coroutine if module.__name__ == "asyncpg" else guarded

    def _connected(self, connection, _):
        """Somebody made a connection: the first one is ours."""
        module = type(connection).__module__
        if any(module == name or module.startswith(name + ".") for name in self.LIBRARIES):
            self.check(connection)
            connection.rollback()

    def check(self, connection):
        """Takes a connection of the library underneath SQLAlchemy."""
        cursor = connection.cursor()
        cursor.execute(self.IDENTITY)
        identity = tuple(cursor.fetchone())
        cursor.close()
        self._compare(identity)

    def _compare(self, identity):
        if self._identity is None:
            self._identity = identity
        elif identity != self._identity:
            raise Elsewhere(
                "it connects to the database `%s`, which is not %s" % (identity[0], self._called)
            )


def pg8000_arguments(query):
    """What libpq's parameters are called there."""
    if "host" in query:
        return {"unix_sock": "%s/.s.PGSQL.%s" % (query["host"], query.get("port", "5432"))}
    mode = query.get("sslmode", "prefer")
    if mode not in ("require", "verify-ca", "verify-full"):
        return {}
    authorities = query.get("sslrootcert")
    context = ssl.create_default_context(cafile=authorities)
    context.check_hostname = mode == "verify-full"
    if mode == "require" and authorities is None:
        context.verify_mode = ssl.CERT_NONE
    if "sslcert" in query:
        context.load_cert_chain(query["sslcert"], query.get("sslkey"))
    return {"ssl_context": context}


def database():
    """The URL of our database with the library that is there, and what it needs besides."""
    url = sqlalchemy.engine.make_url(DATABASE_URL)
    for library in ("psycopg2", "psycopg", "pg8000", "asyncpg"):
        if library == "psycopg" and sqlalchemy.__version__.startswith("1."):
            continue
        if importlib.util.find_spec(library) is None:
            continue
        url = url.set(drivername="postgresql+" + library)
        arguments = {}
        if library == "asyncpg":
            # What libpq calls otherwise it takes from the variables.
            known = {name: url.query[name] for name in ("host", "port") if name in url.query}
            url = url.set(query=known)
        elif library == "pg8000":
            arguments = pg8000_arguments(url.query)
            url = url.set(query={})
        return url, arguments
    raise ModuleNotFoundError(
        "none of psycopg2, psycopg, pg8000 and asyncpg is installed", name="psycopg2"
    )


def with_connection(config, work):
    """Calls work(connection) with a connection to our database."""
    url, arguments = database()
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


def point(config):
    """Makes the configured URL our database's; a library that it names stays."""
    library = re.match(r"postgres(?:ql)?\+\w+(?=://)", config.get_main_option("sqlalchemy.url", ""))
    url = DATABASE_URL
    if library is not None:
        url = library.group() + url[url.index("://") :]
    # As written: SQLAlchemy would print the password as asterisks.
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))


class OwnEnvironment:
    """Does what a project's env.py does, with what the settings say."""

    def __init__(self, config, settings):
        self.config = config
        self.settings = settings

    def run(self, environment, worker):
        with_connection(self.config, functools.partial(self.work, environment, worker))

    def work(self, environment, worker, connection):
        table = self.settings.get("version_table") or "alembic_version"
        environment.configure(
            connection=connection,
            target_metadata=sqlalchemy.MetaData(
                naming_convention=self.settings.get("naming_convention")
            ),
            transaction_per_migration=True,
            version_table=table,
            version_table_schema=worker.ledger_schema(
                connection, table, self.settings.get("version_table_schema")
            ),
        )
        worker.obey(environment.get_context(), environment.run_migrations)


class ProjectEnvironment:
    """Runs the project's env.py. Where that runs the migrations, our commands are obeyed."""

    def __init__(self, config, database):
        self.config = config
        self.database = database

    def run(self, environment, worker):
        # Learns what our database is, before the project has a say.
        with_connection(self.config, lambda connection: None)
        environment.configure = functools.partial(
            self.configure, environment, environment.configure, worker
        )
        environment.script.run_env()

    def configure(self, environment, configure, worker, connection=None, *arguments, **options):
        """Stands in for `context.configure`."""
        if connection is None:
            raise RuntimeError("it configures Alembic without a connection")
        session = connection.connection
        self.database.check(session)
        # What env.py did so far (a schema, a search path) is no part of the first revision.
        session.commit()
        connection = self.beside(connection, session)
        options["transaction_per_migration"] = True
        options["version_table_schema"] = worker.ledger_schema(
            connection,
            options.get("version_table", "alembic_version"),
            options.get("version_table_schema"),
        )
        configure(connection, *arguments, **options)
        context = environment.get_context()
        context.run_migrations = functools.partial(
            worker.obey, context, context.run_migrations
        )

    @staticmethod
    def beside(connection, session):
        """A second connection over the same session. The first one may be inside a transaction that
        SQLAlchemy lets only env.py end, and each revision needs one of its own."""
        options = dict(connection.get_execution_options())
        options.pop("isolation_level", None)  # the session has it already
        beside = type(connection)(connection.engine, connection=session)
        return beside.execution_options(**options) if options else beside


class Worker:
    """Obeys commands, once Alembic is configured."""

    def __init__(self, scripts, commands):
        self.scripts = scripts
        self.commands = commands
        self.context = None
        self.connection = None
        self.types = None
        self.stopped = False

    def begins(self, context):
        """Whether this is the place to work; the scripts are loaded then."""
        if self.context is not None:
            return False  # env.py goes on to another tenant, or another database
        self.context = context
        self.connection = context.connection
        # Not earlier: env.py may put on the search path what they import.
        load(self.scripts)
        return True

    def find(self, revision):
        try:
            return self.scripts.get_revision(revision)
        except alembic.util.CommandError:
            return None

    def step(self, script):
        """A revision to be run; what Alembic remembers is kept for the case that it fails."""
        self.types = copy.deepcopy(self.context.impl.memo)
        return MigrationStep.upgrade_from_script(self.scripts.revision_map, script)

    def forget(self):
        # Which types the tables brought along: what was rolled back is to be made again.
        self.context.impl.memo = self.types

    def commit_rest(self):
        """Ends the revision before. One that committed by itself left its ledger row open."""
        transaction = self.connection.get_transaction()
        if transaction is not None:
            transaction.commit()

    def roll_back(self):
        self.forget()
        transaction = self.connection.get_transaction()
        if transaction is not None:
            transaction.rollback()


class Replay(Worker):
    """Runs in a scratch database, one revision at a time, each to its end."""

    def __init__(self, scripts, commands):
        super().__init__(scripts, commands)
        self.running = None
        self.greeted = False

    def ledger_schema(self, connection, table, schema):
        """Where the ledger goes: its own schema may be there only after the first revisions."""
        if schema is None:
            return None
        with connection.begin():
            there = sqlalchemy.inspect(connection).get_schema_names()
        return schema if schema in there else None

    def obey(self, context, run_migrations, **arguments):
        """Runs what is asked for until nothing more is."""
        if not self.begins(context):
            return
        while not self.stopped:
            try:
                run_migrations(**arguments)
            except (Exception, SystemExit) as error:
                if self.running is None:
                    raise
                revision, file = self.running
                self.running = None
                self.roll_back()
                answer("failed", revision=revision, **trouble(error, file))
        answer("finished", heads=sorted(context.get_current_heads()))

    def greet(self):
        answer(
            "hello",
            ledger=self.context.version_table,
            ledger_schema=self.context.version_table_schema,
        )

    def steps(self, heads, context):
        """What Alembic runs: it asks for the next step once the one before is committed."""
        self.settle()
        # The ledger was read, which began a transaction that SQLAlchemy 1.4 knows nothing of. What
        # others do while we wait is seen for certain only from a new one.
        self.connection.connection.commit()
        if not self.greeted:
            self.greeted = True
            self.greet()
        while True:
            verb, revision = self.commands.next()
            if verb != "run":
                self.stopped = True
                return
            script = self.find(revision)
            if script is None:
                answer("failed", revision=revision, **trouble(UnknownRevision(), None))
                continue
            answer("begin", revision=revision)
            self.running = (revision, script.path)
            yield self.step(script)
            self.settle()

    def settle(self):
        self.commit_rest()
        if self.running is not None:
            revision, _ = self.running
            self.running = None
            answer("done", revision=revision)


class Unloadable(Exception):
    """A script cannot be imported."""

    def __init__(self, error, file, line):
        super().__init__(str(error))
        self.error = error
        self.file = file
        self.line = line


def load(scripts):
    """Imports all scripts."""
    try:
        scripts.get_heads()
    except (Exception, SystemExit) as error:
        # The way from here ("<string>") to the error leads through Alembic, SQLAlchemy and the
        # import machinery ("<frozen …>") into the script that is being loaded.
        tools = tuple(os.path.dirname(tool.__file__) for tool in (alembic, sqlalchemy))
        for frame in traceback.extract_tb(error.__traceback__):
            if not frame.filename.startswith(("<",) + tools):
                raise Unloadable(error, frame.filename, frame.lineno) from error
        file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
        raise Unloadable(error, file, line or 1) from error


def broken(error, file, line):
    module = error.name if isinstance(error, ImportError) else None
    type_ = "elsewhere" if isinstance(error, Elsewhere) else "broken"
    message = ServerError(error).message
    answer(type_, message=message, module=module, file=file, line=line)
