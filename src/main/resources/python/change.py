"""Changes a database in transactions that somebody else begins and commits. Goes on from driver.py and session.py.

Commands, with arguments as JSON: `begin`; `stamp [HEADS]`, `run {revision, record}` and
`read [{sql, rows}]` in the transaction that it began; `commit` or `rollback`; `alone {revision,
record}` between transactions. Each is answered by one line, `done`, `failed`, `cut` (a revision
cannot run in this transaction) or `ended` (it ended it); `read` says the rows first, an array each,
and `result` after those of each statement. An error that leaves the session unusable is `broken`,
and the process is gone. Whatever ends it rolls back what was not committed.
"""


class Leaves(BaseException):
    """A script is about to leave the transaction. No Exception, so that few scripts catch it."""


class Script:
    """What a script may not do inside somebody else's transaction, noticed before it happens."""

    QUOTED = re.compile(
        r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$.*?\$\1\$|--[^\n]*|/\*.*?\*/""", re.DOTALL
    )
    ENDS = re.compile(
        r"(?:^|;)\s*(COMMIT(?!\s+PREPARED)|END|ABORT|PREPARE\s+TRANSACTION"
        r"|ROLLBACK(?!\s+(?:(?:WORK|TRANSACTION)\s+)?TO\b)(?!\s+PREPARED))\b",
        re.IGNORECASE,
    )
    # A function's body in standard SQL is not quoted, and ends like a transaction.
    BODY = re.compile(r"\bBEGIN\s+ATOMIC\b", re.IGNORECASE)
    CHECKS_ALL = re.compile(r"(?:^|;)\s*SET\s+CONSTRAINTS\s+ALL\b", re.IGNORECASE)

    def __init__(self, before_checks):
        self.watched = False
        self.left = None
        self.before_checks = before_checks
        listen = sqlalchemy.event.listen
        engine = sqlalchemy.engine.Engine
        listen(engine, "commit", lambda _: self.leaves("it commits by itself"))
        listen(engine, "rollback", lambda _: self.leaves("it rolls back by itself"))
        listen(engine, "set_connection_execution_options", self.options)
        listen(engine, "before_cursor_execute", self.execute)
        listen(
            sqlalchemy.pool.Pool,
            "checkout",
            lambda *_: self.leaves("it opens a connection of its own"),
        )

    def leaves(self, how):
        if self.watched:
            leaving = Leaves(how)
            self.left = self.left or leaving
            raise leaving

    def options(self, connection, options):
        if "isolation_level" in options:
            self.leaves("it sets an isolation level")

    def execute(self, connection, cursor, statement, *_):
        if not self.watched:
            return
        plain = self.QUOTED.sub(" ", statement)
        if not self.BODY.search(plain):
            end = self.ENDS.search(plain)
            if end is not None:
                self.leaves("it executes `%s`" % end.group(1))
        if self.CHECKS_ALL.search(plain):
            self.before_checks()

    def outcome(self, work):
        """Calls work(), and returns what went wrong: the first leave, also where it was caught."""
        self.left = None
        self.watched = True
        try:
            work()
        except (Exception, SystemExit, Leaves) as error:
            return self.left or error
        finally:
            self.watched = False
        return self.left


class Change(Session, Worker):
    """Obeys the commands."""

    steps = None
    NO_SAVEPOINT = ("3B001", "25P01")

    # From 14 on, where the system can: when we are gone, the statement we were in ends too.
    NOTICE_OUR_END = "SET client_connection_check_interval = 1000"
    # Makes the server itself refuse a commit that is not ours: at its end a foreign key is checked
    # that nothing satisfies.
    TRIPWIRE = (
        "CREATE TEMPORARY TABLE pg_temp.stampguard_transaction (id int PRIMARY KEY, open int"
        " CONSTRAINT stampguard_transaction REFERENCES pg_temp.stampguard_transaction"
        " DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP",
        # whatever role a script leaves behind
        "GRANT ALL ON pg_temp.stampguard_transaction TO PUBLIC",
        "INSERT INTO pg_temp.stampguard_transaction VALUES (1, 0)",
    )

    def __init__(self, scripts, commands):
        super().__init__(scripts, commands)
        self.script = Script(self.lift)
        self.arguments = {}
        self.session = None
        self.configured_schema = None
        self.transaction = None
        self.types_before = None
        self.wired = False
        self.lifted = False

    def ledger_schema(self, connection, table, schema):
        """Where the ledger is, or would be made: scripts may change the search path later."""
        self.configured_schema = schema
        if schema is not None:
            return schema
        with connection.begin():
            return connection.execute(
                sqlalchemy.text(
                    "SELECT coalesce((SELECT n.nspname FROM pg_catalog.pg_class c"
                    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident(:name))),"
                    " pg_catalog.current_schema())"
                ),
                {"name": table},
            ).scalar()

    def obey(self, context, run_migrations, **arguments):
        """Never returns: what env.py does after its migrations would be part of no transaction."""
        if not self.begins(context):
            return
        try:
            self.arguments = arguments
            self.session = context.connection.connection
            context.autocommit_block = functools.partial(
                self.autocommit_block, context.autocommit_block
            )
            with Operations.context(context):
                self.greet()
                while True:
                    verb, argument = self.commands.next()
                    self.do(verb, json.loads(argument) if argument else None)
        except BaseException as error:
            print_error(error)
            broken(error, None, 1)
        finally:
            sys.stderr.flush()
            os._exit(1)

    def do(self, verb, argument):
        self.types = None
        super().do(verb, argument)

    def driver(self):
        return self.session

    def autocommit_block(self, plain):
        self.script.leaves("it uses `autocommit_block`")
        return plain()

    def greet(self):
        self.raw(self.SETTINGS % self.commands.settings["lock_timeout"])
        self.session.commit()
        try:
            self.raw(self.NOTICE_OUR_END)
            self.session.commit()
        except Exception as error:
            if not ServerError(error).sqlstate:
                raise
            self.session.rollback()
        ((backend, version),) = self.raw(
            "SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('server_version')"
        )
        self.session.rollback()
        answer(
            "hello",
            ledger=self.context.version_table,
            ledger_schema=self.configured_schema,
            found_schema=self.context.version_table_schema or "public",
            backend=backend,
            server_version=version,
        )

    def ledger(self):
        quote = self.context.dialect.identifier_preparer.quote_identifier
        parts = (self.context.version_table_schema, self.context.version_table)
        return ".".join(quote(part) for part in parts if part is not None)

    def begin(self):
        ledger = self.ledger()
        literal = "E'" + ledger.replace("\\", "\\\\").replace("'", "''") + "'"
        ((there,),) = self.raw("SELECT pg_catalog.to_regclass(%s) IS NOT NULL" % literal)
        # The lock comes first in its transaction, so that at any isolation level everything after
        # it sees what its last holder left.
        self.session.rollback()
        self.connection.begin()
        self.types_before = copy.deepcopy(self.context.impl.memo)
        try:
            if there:
                self.raw("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE" % ledger)
            ((self.transaction,),) = self.raw("SELECT pg_catalog.pg_current_xact_id()::text")
            self.wire()
        except Exception as error:
            self.refuse(error)
        else:
            answer("done", transaction=self.transaction)

    def wire(self):
        self.lifted = False
        self.raw("SAVEPOINT " + self.SAVEPOINT)
        try:
            for statement in self.TRIPWIRE:
                self.raw(statement)
            self.wired = True
        except Exception as error:
            # The role may make no temporary table. What a script may not do is noticed all the
            # same, most of it before it happens.
            print_error(error)
            self.raw("ROLLBACK TO SAVEPOINT " + self.SAVEPOINT)
            self.wired = False
        self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)

    def lift(self):
        if self.wired and not self.lifted:
            self.raw("DELETE FROM pg_temp.stampguard_transaction")
            self.lifted = True

    def rewire(self):
        """After a script that had all constraints checked."""
        if self.lifted:
            self.raw("SET CONSTRAINTS pg_temp.stampguard_transaction DEFERRED")
            self.raw(self.TRIPWIRE[-1])
            self.lifted = False

    def refuse(self, error):
        """The transaction cannot go on, or the session is lost."""
        said = trouble(error, None)
        if not said["sqlstate"] or said["sqlstate"].startswith(self.LOST):
            raise error
        self.reset()
        answer("failed", **said)

    def stamp(self, heads):
        self.raw("SAVEPOINT " + self.SAVEPOINT)
        try:
            self.context._ensure_version_table()
            version = self.context._version
            self.connection.execute(version.delete())
            for head in heads:
                self.connection.execute(version.insert().values(version_num=head))
            self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)
        except Exception as error:
            self.undo(error, None)
        else:
            answer("done")

    def run(self, revision, record):
        script = self.find(revision)
        if script is None:
            answer("failed", **trouble(UnknownRevision(), None))
            return
        step = self.step(script)
        self.raw("SAVEPOINT " + self.SAVEPOINT)
        error = self.script.outcome(lambda: self.perform(step, record)) or self.kept()
        if error is None:
            self.rewire()
            answer("done")
        else:
            self.undo(error, script.path)

    def perform(self, step, record):
        """What Alembic does for one revision."""
        if not record:
            step.migration_fn(**self.arguments)
            return
        heads = self.context.get_current_heads()
        if not heads:
            self.context._ensure_version_table()
        maintainer = HeadMaintainer(self.context, heads)
        step.migration_fn(**self.arguments)
        maintainer.update_to_step(step)
        for callback in self.context.on_version_apply_callbacks:
            callback(
                ctx=self.context,
                step=step.info,
                heads=set(maintainer.heads),
                run_args=self.arguments,
            )

    def kept(self):
        """Makes a revision part of the transaction; returns why that cannot be."""
        try:
            for nested in iter(self.connection.get_nested_transaction, None):
                nested.commit()
            self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)
        except Exception as error:
            return error
        self.rejoin()
        return None

    def undo(self, error, file):
        """Takes back what is behind the savepoint, and says why."""
        for nested in iter(self.connection.get_nested_transaction, None):
            try:
                nested.rollback()
            except Exception:
                pass  # it goes with the savepoint
        try:
            self.raw("ROLLBACK TO SAVEPOINT " + self.SAVEPOINT)
            self.raw("RELEASE SAVEPOINT " + self.SAVEPOINT)
        except Exception as gone:
            if ServerError(gone).sqlstate not in self.NO_SAVEPOINT:
                raise error from gone
            self.ended(error, file)
            return
        self.lifted = False
        if self.types is not None:
            self.forget()
        self.rejoin()
        said = trouble(error, file)
        if said["sqlstate"] == "23503" and "stampguard_transaction" in said["message"]:
            error = Leaves()
            said["message"] = "it has all constraints checked inside a function"
        cut = "alone" if isinstance(error, Leaves) else self.CUTS.get(said["sqlstate"])
        if cut is None:
            answer("failed", **said)
        else:
            answer("cut", cut=cut, **said)

    def rejoin(self):
        """SQLAlchemy counts a transaction as over when its end was refused; the session's goes on."""
        transaction = self.connection.get_transaction()
        if transaction is not None and not transaction.is_active:
            transaction.close()
        if self.connection.get_transaction() is None:
            self.connection.begin()

    def ended(self, error, file):
        said = trouble(error, file)
        self.reset()
        ((status,),) = self.raw(
            "SELECT pg_catalog.pg_xact_status('%s'::pg_catalog.xid8)" % self.transaction
        )
        self.session.rollback()
        said["message"] = "it ended the transaction it ran in"
        answer("ended", committed=status == "committed", **said)

    def reset(self):
        """No transaction is open afterwards; the one that was is rolled back."""
        if self.types_before is not None:
            self.context.impl.memo = self.types_before
            self.types_before = None
        transaction = self.connection.get_transaction()
        if transaction is not None:
            transaction.close()
        self.session.rollback()

    def commit(self):
        try:
            self.lift()
            self.connection.get_transaction().commit()
            self.types_before = None
        except Exception as error:
            self.refuse(error)
        else:
            answer("done")

    def alone(self, revision, record):
        script = self.find(revision)
        if script is None:
            answer("failed", **trouble(UnknownRevision(), None))
            return
        step = self.step(script)
        try:
            with self.context.begin_transaction(_per_migration=True):
                self.perform(step, record)
            self.commit_rest()
        except (Exception, SystemExit) as error:
            if self.connection.invalidated:
                raise
            self.roll_back()
            answer("failed", **trouble(error, script.path))
        else:
            answer("done")

    def looked(self):
        if self.connection.get_transaction() is None:
            self.session.rollback()  # nobody began the one this was in
