"""What every driver of a migration tool needs: it talks to whoever looks at the database in between.

Ships inside stampguard and runs as the first part of a program in several files, as `python -c`.

Standard input: a line of JSON with settings, then one command a line. The end of standard input ends
the process at once, in the middle of a revision too: whoever asked is gone.
Standard output: one JSON object a line, or one array for a row that was read. What scripts print
goes to standard error.
The database is the one of the variable DATABASE_URL, and no other is let through.
"""

import functools
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
# called alembic. The tool itself is imported before that directory may be seen.
sys.path[:] = [entry for entry in sys.path if entry not in ("", os.getcwd())]

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
        if type(orig).__module__.startswith("django.db.") and orig.__cause__ is not None:
            orig = orig.__cause__  # the library's own, behind Django's
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
    if type(error).__name__ == "NoSuchTableError":  # SQLAlchemy's
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

    def __init__(self, called):
        self._called = called
        self._identity = None
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


def broken(error, file, line):
    module = error.name if isinstance(error, ImportError) else None
    type_ = "elsewhere" if isinstance(error, Elsewhere) else "broken"
    message = ServerError(error).message
    answer(type_, message=message, module=module, file=file, line=line)


def say(rows):
    for row in rows:
        ANSWERS.write(json.dumps([as_text(value) for value in row]) + "\n")
    answer("result")


def as_text(value):
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    raise TypeError("a column of type %s cannot be read" % type(value).__name__)
