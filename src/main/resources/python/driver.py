"""Runs a project's Alembic revisions one by one, for somebody who looks at the database in between.

Goes on from talk.py, followed by change.py and main.py. Alembic 1.8 and newer, SQLAlchemy 1.4 and 2.

Commands: `run REVISION` or `stop` in a scratch database; change.py says those for a database that is
to be changed. Answers: an object whose `type` is `hello`, `begin`, `done`, `failed`, `finished`,
`broken` or `elsewhere`. The project's own env.py is run only where the settings say so.
"""

import copy
import ssl

import alembic  # noqa: E402
import sqlalchemy  # noqa: E402
from alembic.config import CommandLine, Config  # noqa: E402
from alembic.operations import Operations  # noqa: E402
from alembic.runtime.environment import EnvironmentContext  # noqa: E402
from alembic.runtime.migration import HeadMaintainer, MigrationStep  # noqa: E402
from alembic.script import ScriptDirectory  # noqa: E402

sys.path.append(os.getcwd())


class UnknownRevision(Exception):
    """The scripts have no such revision."""

    def __init__(self):
        super().__init__("Alembic does not find this revision")


class AlchemyDatabase(Database):
    """Notices connections that SQLAlchemy makes, too, by whatever library."""

    LIBRARIES = Database.OWN + ("sqlalchemy.dialects.postgresql",)

    def __init__(self, called):
        super().__init__(called)
        sqlalchemy.event.listen(sqlalchemy.pool.Pool, "connect", self._connected)

    def _connected(self, connection, _):
        """Somebody made a connection: the first one is ours."""
        module = type(connection).__module__
        if any(module == name or module.startswith(name + ".") for name in self.LIBRARIES):
            self.check(connection)
            connection.rollback()


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
