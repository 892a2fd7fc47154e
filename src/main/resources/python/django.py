"""Runs a project's Django migrations one by one, for somebody who looks at the database in between.

Goes on from talk.py and session.py. Django 3.2 and newer. The project's settings are loaded, and so its apps are;
their default database becomes the one of the variables PGHOST, PGPORT, PGUSER and PGDATABASE.

Commands in a scratch database: `run APP.NAME` and `stop`. In a database that is to be changed, with
arguments as JSON: `begin`; `stamp [IDS]`, `run {revision, record}` and `read [{sql, rows}]` in the
transaction that it began; `commit` or `rollback`; `alone {revision, record}` between transactions.
Each is answered by one line, `done`, `failed`, `cut` or `ended`, as with Alembic's driver.

Migrations of apps that are not the project's are run before those of the project, as far as they do
not need one; the others when a migration needs them, and the rest in the end.
"""

import importlib

import django  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402


class UnknownMigration(Exception):
    """Django does not load it."""

    def __init__(self, revision):
        super().__init__("Django loads no such migration: is `%s` in INSTALLED_APPS?" % revision)


class Leaves(Exception):
    """A migration cannot run in somebody else's transaction."""


def know_ours():
    """Makes the first connection, by the variables of libpq: whatever comes later is compared."""
    for library in ("psycopg2", "psycopg"):
        if importlib.util.find_spec(library) is not None:
            importlib.import_module(library).connect("").close()


def settings_module(manage):
    """What manage.py would use."""
    name = os.environ.get("DJANGO_SETTINGS_MODULE")
    if name:
        return name
    with open(manage, encoding="utf-8") as source:
        found = re.search(
            r"""DJANGO_SETTINGS_MODULE['"]\s*,\s*['"]([\w.]+)['"]""", source.read()
        )
    if found is None:
        raise ImproperlyConfigured("manage.py does not say which settings it uses")
    return found.group(1)


def set_up(settings):
    """Loads settings and apps, with our database as the default one."""
    sys.path.insert(0, os.path.dirname(settings["manage"]))
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module(settings["manage"])
    from django.conf import settings as project

    databases = project.DATABASES
    configured = databases.get("default") or {}
    engine = configured.get("ENGINE", "")
    own = dict(configured)
    own.update(
        ENGINE=engine if "postg" in engine else "django.db.backends.postgresql",
        NAME=os.environ["PGDATABASE"],
        USER=os.environ["PGUSER"],
        PASSWORD=os.environ.get("PGPASSWORD", ""),
        HOST=os.environ["PGHOST"],
        PORT=os.environ["PGPORT"],
        CONN_MAX_AGE=None,
        ATOMIC_REQUESTS=False,
        AUTOCOMMIT=True,
    )
    # Where it says where else to connect, that is not our database.
    kept = ("options", "isolation_level", "pool", "server_side_binding")
    options = own.get("OPTIONS") or {}
    own["OPTIONS"] = {name: options[name] for name in options if name in kept}
    own["OPTIONS"].pop("pool", None)
    databases["default"] = own
    django.setup()


class Migrations:
    """The migrations of all apps, and which of them are the project's."""

    def __init__(self, connection, settings):
        from django.db.migrations.loader import MigrationLoader

        self.connection = connection
        self.apps = set(settings["apps"])
        self.loader = MigrationLoader(connection, replace_migrations=False)
        self.graph = self.loader.graph
        for key, migration in sorted(self.loader.replacements.items()):
            # The originals are what is recorded, as long as they are there.
            if any(original in self.graph.nodes for original in migration.replaces):
                self.graph.remove_replacement_node(key, migration.replaces)

    def recorder(self):
        from django.db.migrations.recorder import MigrationRecorder

        return MigrationRecorder(self.connection)

    def key(self, revision):
        app, _, name = revision.partition(".")
        if (app, name) not in self.graph.nodes:
            raise UnknownMigration(revision)
        return app, name

    def is_own(self, key):
        return key[0] in self.apps

    def file(self, key):
        return sys.modules[type(self.graph.nodes[key]).__module__].__file__

    def state(self, key):
        """The models before a migration."""
        return self.loader.project_state(key, at_end=False)

    def plan(self, key):
        """What it needs, in order, itself at the end."""
        return self.graph.forwards_plan(key)

    def free(self):
        """Those of other apps that need none of the project."""
        found = []
        for leaf in sorted(self.graph.nodes):
            plan = self.plan(leaf)
            if not any(self.is_own(key) for key in plan):
                found.extend(key for key in plan if key not in found)
        return found

    def perform(self, key, atomic):
        """What Django does for one migration ({@code MigrationExecutor.apply_migration})."""
        migration = self.graph.nodes[key]
        state = self.state(key)
        state.apps  # rendered before it changes, which makes that cheaper
        with self.connection.schema_editor(atomic=atomic) as editor:
            migration.apply(state, editor)

    def record(self, key, recorder):
        migration = self.graph.nodes[key]
        recorder.ensure_schema()
        applied = recorder.applied_migrations()
        for each in list(migration.replaces) + [key]:
            if tuple(each) not in applied:
                recorder.record_applied(*each)

    def apply(self, key):
        """Runs one in transactions of its own, and records it."""
        self.perform(key, self.graph.nodes[key].atomic)
        self.record(key, self.recorder())


class Replay:
    """Runs in a scratch database, one migration at a time, each to its end."""

    def __init__(self, connection, migrations, commands, settings):
        self.connection = connection
        self.migrations = migrations
        self.commands = commands
        self.settings = settings
        self.applied = set()

    def obey(self):
        self.migrations.recorder().ensure_schema()
        for key in self.migrations.free():
            self.run(key)
        answer("hello", ledger=self.settings["ledger"], ledger_schema=self.settings.get("ledger_schema"))
        while True:
            verb, revision = self.commands.next()
            if verb != "run":
                break
            answer("begin", revision=revision)
            self.attempt(revision)
        self.finish()

    def run(self, key):
        self.migrations.apply(key)
        self.applied.add(key)

    def attempt(self, revision):
        file = None
        try:
            key = self.migrations.key(revision)
            file = self.migrations.file(key)
            for needed in self.migrations.plan(key)[:-1]:
                if needed not in self.applied and not self.migrations.is_own(needed):
                    self.run(needed)
            self.run(key)
        except (Exception, SystemExit) as error:
            if not self.connection.is_usable():
                raise
            answer("failed", revision=revision, **trouble(error, file))
        else:
            answer("done", revision=revision)

    def finish(self):
        """What of other apps is left, and what they do after that."""
        for leaf in sorted(self.migrations.graph.nodes):
            if self.migrations.is_own(leaf) or leaf in self.applied:
                continue
            plan = self.migrations.plan(leaf)
            if all(key in self.applied or not self.migrations.is_own(key) for key in plan):
                for key in plan:
                    if key not in self.applied:
                        self.run(key)
        rows = self.migrations.recorder().applied_migrations()
        own = [key for key in rows if self.migrations.is_own(key)]
        if all(key in self.applied for key in self.migrations.graph.nodes):
            self.announce()
        answer("finished", heads=sorted("%s.%s" % key for key in own))

    def announce(self):
        """Content types and permissions are made of what all migrations leave."""
        from django.core.management.sql import emit_post_migrate_signal

        emit_post_migrate_signal(0, False, "default")


class Change(Session):
    """Changes a database in transactions that somebody else begins and commits."""

    def __init__(self, connection, migrations, commands, settings):
        self.connection = connection
        self.migrations = migrations
        self.commands = commands
        self.settings = settings
        self.transaction = None

    def driver(self):
        return self.connection.connection

    def obey(self):
        self.raw(self.SETTINGS % self.settings["lock_timeout"])
        table = self.settings["ledger"]
        ((schema, backend, version),) = self.raw(
            "SELECT coalesce((SELECT n.nspname FROM pg_catalog.pg_class c"
            " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.oid = pg_catalog.to_regclass('%s')), pg_catalog.current_schema(), 'public'),"
            " pg_catalog.pg_backend_pid(), pg_catalog.current_setting('server_version')" % table
        )
        self.schema = self.settings.get("ledger_schema") or schema
        answer(
            "hello",
            ledger=table,
            ledger_schema=self.settings.get("ledger_schema"),
            found_schema=self.schema,
            backend=backend,
            server_version=version,
        )
        while True:
            verb, argument = self.commands.next()
            self.do(verb, json.loads(argument) if argument else None)

    def ledger(self):
        quote = self.connection.ops.quote_name
        return "%s.%s" % (quote(self.schema), quote(self.settings["ledger"]))

    def begin(self):
        literal = "E'%s'" % self.ledger().replace("\\", "\\\\").replace("'", "''")
        ((there,),) = self.raw("SELECT pg_catalog.to_regclass(%s) IS NOT NULL" % literal)
        self.connection.set_autocommit(False)
        try:
            # The lock comes first in its transaction.
            if there:
                self.raw("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE" % self.ledger())
            ((self.transaction,),) = self.raw("SELECT pg_catalog.pg_current_xact_id()::text")
        except Exception as error:
            said = trouble(error, None)
            if not said["sqlstate"] or said["sqlstate"].startswith(self.LOST):
                raise
            self.reset()
            answer("failed", **said)
        else:
            answer("done", transaction=self.transaction)

    def stamp(self, revisions):
        """Makes the rows say this and what it needs; those of apps that are not judged stay."""
        self.raw("SAVEPOINT " + self.SAVEPOINT)
        try:
            recorder = self.migrations.recorder()
            recorder.ensure_schema()
            wanted = []
            for revision in revisions:
                # Django refuses to start where a row lacks those that its migration needs.
                for key in self.migrations.plan(self.migrations.key(revision)):
                    if key not in wanted:
                        wanted.append(key)
            originals = set()
            for key in wanted:
                originals.update(tuple(o) for o in self.migrations.graph.nodes[key].replaces)
            for squashed, migration in self.migrations.loader.replacements.items():
                if all(tuple(o) in wanted for o in migration.replaces):
                    originals.add(squashed)
            for key in recorder.applied_migrations():
                if self.migrations.is_own(key) and key not in wanted and key not in originals:
                    recorder.record_unapplied(*key)
            for key in wanted:
                self.migrations.record(key, recorder)
            self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)
        except Exception as error:
            self.undo(error, None)
        else:
            answer("done")

    def run(self, revision, record):
        file = None
        self.raw("SAVEPOINT " + self.SAVEPOINT)
        try:
            key = self.migrations.key(revision)
            file = self.migrations.file(key)
            if not self.migrations.graph.nodes[key].atomic:
                raise Leaves("it is marked `atomic = False`")
            self.migrations.perform(key, True)
            if record:
                self.migrations.record(key, self.migrations.recorder())
            ((now,),) = self.raw("SELECT pg_catalog.pg_current_xact_id()::text")
            if now != self.transaction:
                self.ended(file)
                return
            self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)
        except (Exception, SystemExit) as error:
            self.undo(error, file)
        else:
            answer("done")

    def undo(self, error, file):
        """Takes back what is behind the savepoint, and says why."""
        self.connection.needs_rollback = False
        try:
            self.raw("ROLLBACK TO SAVEPOINT " + self.SAVEPOINT)
            self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)
        except Exception as gone:
            if ServerError(gone).sqlstate not in ("3B001", "25P01"):
                raise error from gone
            self.ended(file)
            return
        said = trouble(error, file)
        cut = "alone" if isinstance(error, Leaves) else self.CUTS.get(said["sqlstate"])
        if cut is None:
            answer("failed", **said)
        else:
            answer("cut", cut=cut, **said)

    def ended(self, file):
        self.reset()
        ((status,),) = self.raw(
            "SELECT pg_catalog.pg_xact_status('%s'::pg_catalog.xid8)" % self.transaction
        )
        said = trouble(Leaves("it ended the transaction it ran in"), file)
        answer("ended", committed=status == "committed", **said)

    def reset(self):
        """No transaction is open afterwards; the one that was is rolled back."""
        self.connection.needs_rollback = False
        self.connection.in_atomic_block = False
        self.connection.savepoint_ids = []
        self.connection.connection.rollback()
        self.connection.set_autocommit(True)

    def commit(self):
        try:
            self.connection.connection.commit()
            self.connection.set_autocommit(True)
        except Exception as error:
            said = trouble(error, None)
            if not said["sqlstate"] or said["sqlstate"].startswith(self.LOST):
                raise
            self.reset()
            answer("failed", **said)
        else:
            answer("done")

    def alone(self, revision, record):
        file = None
        try:
            key = self.migrations.key(revision)
            file = self.migrations.file(key)
            self.migrations.perform(key, self.migrations.graph.nodes[key].atomic)
            if record:
                self.migrations.record(key, self.migrations.recorder())
        except (Exception, SystemExit) as error:
            if not self.connection.is_usable():
                raise
            answer("failed", **trouble(error, file))
        else:
            answer("done")



def main():
    commands = Commands()
    settings = commands.settings
    changes = settings.get("lock_timeout") is not None
    # What settings or apps connect to by themselves, through whatever library, is watched from here.
    Database("the target" if changes else "the scratch database")
    know_ours()
    file = None
    try:
        set_up(settings)
        from django.db import connection

        connection.ensure_connection()
        migrations = Migrations(connection, settings)
        (Change if changes else Replay)(connection, migrations, commands, settings).obey()
    except (Exception, SystemExit) as error:
        traceback.print_exc(file=sys.stderr)
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith(os.getcwd() + os.sep)
        ]
        if frames:
            file = frames[-1].filename
        broken(error, file, frames[-1].lineno if frames else 1)
        sys.stderr.flush()
        os._exit(1)


main()
