package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that names a database: a URL in libpq's, SQLAlchemy's or JDBC's form, or libpq's {@code
 * keyword=value} words. Messages name the source and what is wrong with the text, and never repeat
 * a part of it that could be a password in the wrong place.
 */
final class DatabaseUrl {
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?<jdbc>jdbc:)?(?<dialect>[A-Za-z][\\w.-]*)(?:\\+(?<driver>\\w+))?:(?<slashes>/*)");

  /**
   * What SQLAlchemy's PostgreSQL dialect runs on, its older and newer releases together, and {@code
   * aiopg}, which the package {@code databases} names in the same way.
   *
   * @see <a href="https://docs.sqlalchemy.org/en/20/dialects/postgresql.html">its drivers</a>
   */
  private static final List<String> DRIVERS =
      List.of(
          "psycopg2",
          "psycopg",
          "psycopg_async",
          "psycopg2cffi",
          "asyncpg",
          "pg8000",
          "pygresql",
          "pypostgresql",
          "aiopg");

  private static final Pattern CONNINFO = Pattern.compile("\\s*\\w+\\s*=.*", Pattern.DOTALL);

  private DatabaseUrl() {}

  /**
   * Reads the text.
   *
   * @param text a URL or conninfo words; white space around it does not count
   * @param source where it stands, for messages
   * @throws StampguardException (usage) when it is malformed or not about PostgreSQL
   */
  static ConnectionSettings parse(String text, String source) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw malformed(source, "it is empty");
    }
    Matcher scheme = SCHEME.matcher(stripped);
    int offset = text.indexOf(stripped);
    if (scheme.lookingAt() && !CONNINFO.matcher(stripped).matches()) {
      return parseUrl(stripped, scheme, source, offset);
    }
    if (CONNINFO.matcher(stripped).matches()) {
      return new ConninfoParser(stripped, source, offset).parse();
    }
    throw malformed(source, "it does not start with `postgresql://`");
  }

  private static ConnectionSettings parseUrl(
      String text, Matcher scheme, String source, int offset) {
    boolean jdbc = scheme.group("jdbc") != null;
    boolean slashes = scheme.group("slashes").length() >= 2;
    String dialect = scheme.group("dialect").toLowerCase(Locale.ROOT);
    if (!dialect.equals("postgresql") && !(dialect.equals("postgres") && !jdbc)) {
      if (!jdbc && !slashes) {
        // `user:password@host/db`: what looks like a scheme is not one.
        throw malformed(source, "it does not start with `postgresql://`");
      }
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` names a `%s` database, and stampguard reads PostgreSQL only"
              .formatted(source, dialect),
          "give a `postgresql://USER@HOST:5432/DATABASE` URL with `--url`, or name the variable that holds one with `--url-variable`");
    }
    String driver = scheme.group("driver");
    if (driver != null && !DRIVERS.contains(driver)) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` names the driver `%s`, which SQLAlchemy does not have for PostgreSQL"
              .formatted(source, driver),
          "it is one of %s, as in `postgresql+psycopg2://`, or none"
              .formatted(
                  DRIVERS.stream()
                      .map(name -> "`" + name + "`")
                      .collect(Collectors.joining(", "))));
    }
    if (jdbc && !slashes) {
      // A database and no server; the slash before it may be missing.
      int start = scheme.end("slashes");
      return new UrlParser("/" + text.substring(start), source, UrlGrammar.JDBC, offset + start - 1)
          .parse();
    }
    if (!slashes) {
      throw malformed(source, "`//` is missing after `%s:`".formatted(dialect));
    }
    UrlGrammar grammar =
        jdbc ? UrlGrammar.JDBC : driver == null ? UrlGrammar.LIBPQ : UrlGrammar.SQLALCHEMY;
    int start = scheme.start("slashes") + 2;
    return new UrlParser(text.substring(start), source, grammar, offset + start).parse();
  }

  static StampguardException malformed(String source, String problem) {
    return new StampguardException(
        ExitCode.USAGE,
        "`%s` does not hold a database URL that can be read: %s".formatted(source, problem),
        "write it as `postgresql://USER:PASSWORD@HOST:5432/DATABASE`, with special characters percent-encoded");
  }
}
