package dev.stampguard.tool.alembic;

import java.util.Set;

/** What is known of the functions that migration scripts call besides Alembic's operations. */
final class Calls {
  /** Methods of connections, sessions and cursors that run a statement. */
  static final Set<String> EXECUTING =
      Set.of("execute", "exec_driver_sql", "scalar", "scalars", "executemany");

  /** Methods that create or drop by the object they are called on. */
  static final Set<String> MAKING = Set.of("create", "drop");

  /** Methods that do to the schema what cannot be seen at the call. */
  static final Set<String> UNSEEN =
      Set.of("create_all", "drop_all", "run_sync", "run_async", "invoke", "executescript");

  /** Built-in functions that run what cannot be seen. */
  static final Set<String> EVALUATING = Set.of("exec", "eval", "getattr", "globals", "__import__");

  /** Constructors and methods of SQLAlchemy that make a statement on data. */
  static final Set<String> ON_DATA = Set.of("insert", "update", "delete", "select");

  /** Context managers whose body runs as if they were not there. */
  static final Set<String> TRANSPARENT_CONTEXTS =
      Set.of(
          "autocommit_block",
          "begin",
          "begin_nested",
          "begin_transaction",
          "Session",
          "connect",
          "get_bind",
          "no_autoflush",
          "sessionmaker");

  /** Packages whose functions leave the schema alone. */
  private static final Set<String> HARMLESS =
      Set.of(
          "sqlalchemy",
          "alembic",
          "logging",
          "os",
          "sys",
          "json",
          "uuid",
          "datetime",
          "time",
          "re",
          "textwrap",
          "typing",
          "hashlib",
          "random",
          "string",
          "decimal",
          "enum",
          "collections",
          "itertools",
          "functools",
          "pathlib",
          "math",
          "secrets",
          "base64",
          "csv",
          "warnings",
          "copy",
          "operator",
          "contextlib",
          "structlog",
          "loguru");

  private Calls() {}

  /** Whether a function of this dotted path is known to leave the schema alone. */
  static boolean isHarmless(String path) {
    return HARMLESS.contains(path.split("\\.", 2)[0]);
  }
}
