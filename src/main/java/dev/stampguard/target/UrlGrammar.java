package dev.stampguard.target;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The programs whose reading of a URL counts: they differ in encoding and in parameter names. */
enum UrlGrammar {
  /** libpq's connection URIs: {@code +} is a plus, a stray {@code %} an error. */
  LIBPQ(false, false),
  /**
   * SQLAlchemy's {@code make_url}: {@code +} in a query is a blank, a stray {@code %} is itself.
   */
  SQLALCHEMY(true, true),
  /** pgjdbc's URLs: {@code +} in a query is a blank, a stray {@code %} an error, own names. */
  JDBC(true, false);

  private static final Map<String, String> JDBC_NAMES =
      Map.of(
          "ApplicationName", "application_name",
          "connectTimeout", "connect_timeout",
          "user", ConnectionSettings.USER,
          "password", ConnectionSettings.PASSWORD,
          "options", ConnectionSettings.OPTIONS,
          "sslmode", ConnectionSettings.SSL_MODE,
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "sslpassword", "sslpassword");

  private final boolean plusIsBlank;
  private final boolean strayPercentAllowed;

  UrlGrammar(boolean plusIsBlank, boolean strayPercentAllowed) {
    this.plusIsBlank = plusIsBlank;
    this.strayPercentAllowed = strayPercentAllowed;
  }

  /** Decodes a part in front of the query; empty when it is malformed. */
  Optional<String> decode(String part) {
    return PercentCoding.decode(part, strayPercentAllowed);
  }

  /** Decodes a name or value of the query; empty when it is malformed. */
  Optional<String> decodeQuery(String part) {
    return decode(plusIsBlank ? part.replace('+', ' ') : part);
  }

  /** Takes over a query parameter, under libpq's name; what only a driver understands is left. */
  void apply(ConnectionSettings settings, String name, String value) {
    switch (this) {
      case LIBPQ, SQLALCHEMY -> {
        if (name.equals("ssl")) {
          // asyncpg's word for sslmode; `true` is how libpq lets JDBC's parameter pass.
          settings.fill(ConnectionSettings.SSL_MODE, value.equals("true") ? "require" : value);
        } else if (name.equals("schema")) {
          // Prisma's word, which libpq does not take: where its tables and its ledger are.
          if (!value.isEmpty() && !value.equals("public")) {
            searchFirst(settings, value);
          }
        } else if (name.equals("search_path")) {
          // Go's drivers set every parameter they do not know in the session.
          searchFirst(settings, value);
        } else if (name.startsWith("x-")) {
          settings.putForeign(name, value);
        } else if (ConnectionSettings.isKeyword(name)) {
          settings.put(name, value);
        }
      }
      case JDBC -> applyJdbc(settings, name, value);
    }
  }

  private static void applyJdbc(ConnectionSettings settings, String name, String value) {
    switch (name) {
      case "ssl" -> {
        if (value.isEmpty() || value.equals("true")) {
          settings.fill(ConnectionSettings.SSL_MODE, "verify-full");
        }
      }
      case "currentSchema" -> searchFirst(settings, value);
      case "targetServerType" ->
          sessionAttributes(value)
              .ifPresent(attributes -> settings.put("target_session_attrs", attributes));
      default -> {
        if (JDBC_NAMES.containsKey(name)) {
          settings.put(JDBC_NAMES.get(name), value);
        }
      }
    }
  }

  private static void searchFirst(ConnectionSettings settings, String path) {
    settings.fill(
        ConnectionSettings.OPTIONS,
        "-c search_path=" + path.replace("\\", "\\\\").replace(" ", "\\ "));
  }

  private static Optional<String> sessionAttributes(String serverType) {
    return switch (serverType.toLowerCase(Locale.ROOT)) {
      case "primary", "master" -> Optional.of("primary");
      case "secondary", "slave" -> Optional.of("standby");
      case "prefersecondary", "preferslave" -> Optional.of("prefer-standby");
      default -> Optional.empty();
    };
  }
}
