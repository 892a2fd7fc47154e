package dev.stampguard.postgres.database;

import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.SqlErrors;
import dev.stampguard.postgres.SqlResource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.postgresql.PGConnection;

/** Makes databases and gives them the properties of others. */
public final class DatabaseBuilder {
  private static final int FIRST_WITH_PROVIDERS = 15;

  /**
   * Lists of quoted names, which PostgreSQL stores as they are written and would take for one name
   * when given as one literal; the same list as in {@code pg_dump}.
   */
  private static final Set<String> LISTS =
      Set.of(
          "local_preload_libraries",
          "search_path",
          "session_preload_libraries",
          "shared_preload_libraries",
          "temp_tablespaces",
          "unix_socket_directories");

  private final PostgresConnection connection;
  private final PGConnection quoting;

  /**
   * @param connection to any database of the server, outside of a transaction
   */
  public DatabaseBuilder(PostgresConnection connection) throws SQLException {
    this.connection = Objects.requireNonNull(connection);
    this.quoting = connection.jdbc().unwrap(PGConnection.class);
  }

  /**
   * Makes an empty database.
   *
   * @param connectionLimit how many sessions it takes; -1 for any number
   */
  public void create(String name, String encoding, DatabaseLocale locale, int connectionLimit)
      throws SQLException {
    execute(
        switch (locale.provider()) {
          case "i" ->
              locale.rules().isPresent() ? "database-create-icu-rules" : "database-create-icu";
          case "b" -> "database-create-builtin";
          default ->
              connection.serverMajor() >= FIRST_WITH_PROVIDERS
                  ? "database-create-libc"
                  : "database-create";
        },
        quoting.escapeIdentifier(name),
        quoting.escapeLiteral(encoding),
        quoting.escapeLiteral(locale.collate()),
        quoting.escapeLiteral(locale.ctype()),
        connectionLimit,
        quoting.escapeLiteral(locale.name().orElse("")),
        quoting.escapeLiteral(locale.rules().orElse("")));
  }

  /**
   * Gives a database what {@link #create} did not, but for connection limit and comment. What this
   * role may not do, or this server does not know, is left out.
   *
   * @param name the database, to which nobody is connected
   * @return one sentence for each property that was left out, without a full stop
   */
  public List<String> apply(String name, DatabaseProperties properties) throws SQLException {
    String database = quoting.escapeIdentifier(name);
    var refused = new ArrayList<String>();
    // Also to put it where it is takes a privilege that few roles have.
    if (!tablespace(name).equals(properties.tablespace())) {
      attempt(
          refused,
          "tablespace `%s`".formatted(properties.tablespace()),
          () ->
              execute(
                  "database-tablespace",
                  database,
                  quoting.escapeIdentifier(properties.tablespace())));
    }
    for (DatabaseProperties.Setting setting : properties.settings()) {
      attempt(
          refused,
          "setting `%s`%s"
              .formatted(
                  setting.name(), setting.role().map(r -> " of role `" + r + "`").orElse("")),
          () -> set(name, setting));
    }
    if (properties.grants().isPresent()) {
      attempt(
          refused,
          "the default privileges",
          () -> execute("database-revoke", database, quoting.escapeIdentifier(properties.owner())));
      for (DatabaseProperties.Grant grant : properties.grants().get()) {
        attempt(
            refused,
            "privilege `%s` of %s"
                .formatted(
                    grant.privilege(), grant.grantee().map(g -> "`" + g + "`").orElse("everybody")),
            () -> grant(database, grant));
      }
    }
    return refused;
  }

  private String tablespace(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.jdbc().prepareStatement(SqlResource.read("database-tablespace-of"))) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /**
   * Gives it to another role.
   *
   * @throws SQLException 42501 when this role cannot become that one
   */
  public void giveTo(String name, String owner) throws SQLException {
    execute("database-owner", quoting.escapeIdentifier(name), quoting.escapeIdentifier(owner));
  }

  /** Sets how many sessions it takes, and its comment. */
  public void limitAndComment(String name, int limit, Optional<String> comment)
      throws SQLException {
    String database = quoting.escapeIdentifier(name);
    execute("database-limit", database, limit);
    execute(
        "database-comment",
        database,
        comment.isPresent() ? "'" + quoting.escapeLiteral(comment.get()) + "'" : "NULL");
  }

  /** Gives a database one setting. */
  public void set(String name, DatabaseProperties.Setting setting) throws SQLException {
    if (LISTS.contains(setting.name())) {
      setCurrent(name, setting);
      return;
    }
    String database = quoting.escapeIdentifier(name);
    String parameter = quotedParts(setting.name());
    String value = quoting.escapeLiteral(setting.value());
    if (setting.role().isPresent()) {
      execute(
          "database-set-role",
          quoting.escapeIdentifier(setting.role().get()),
          database,
          parameter,
          value);
    } else {
      execute("database-set", database, parameter, value);
    }
  }

  /** Takes back what {@link #set} set for a role's search path. */
  public void resetSearchPath(String name, String role) throws SQLException {
    execute("database-reset-role", quoting.escapeIdentifier(role), quoting.escapeIdentifier(name));
  }

  /** Both statements in one message, which is one transaction, and leave nothing in the session. */
  private void setCurrent(String name, DatabaseProperties.Setting setting) throws SQLException {
    String database = quoting.escapeIdentifier(name);
    String parameter = quotedParts(setting.name());
    String set =
        SqlResource.read("database-transaction-set")
            .formatted(
                quoting.escapeLiteral(setting.name()), quoting.escapeLiteral(setting.value()));
    String keep =
        setting.role().isPresent()
            ? SqlResource.read("database-set-role-current")
                .formatted(quoting.escapeIdentifier(setting.role().get()), database, parameter)
            : SqlResource.read("database-set-current").formatted(database, parameter);
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(set + ";\n" + keep);
    }
  }

  /** A setting's name; an extension's has two parts, which are quoted one by one. */
  private String quotedParts(String setting) throws SQLException {
    var quoted = new StringJoiner(".");
    for (String part : setting.split("\\.")) {
      quoted.add(quoting.escapeIdentifier(part));
    }
    return quoted.toString();
  }

  private void grant(String database, DatabaseProperties.Grant grant) throws SQLException {
    execute(
        "database-grant",
        grant.privilege(),
        database,
        grant.grantee().isPresent() ? quoting.escapeIdentifier(grant.grantee().get()) : "PUBLIC",
        grant.grantable() ? "WITH GRANT OPTION" : "");
  }

  /** A step that the server may refuse without harm. */
  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }

  private void attempt(List<String> refused, String what, Step step) throws SQLException {
    try {
      step.run();
    } catch (SQLException e) {
      if (!SqlErrors.isRefusal(e)) {
        throw e;
      }
      refused.add(what + " could not be taken over: " + SqlErrors.said(e));
    }
  }

  private void execute(String resource, Object... parameters) throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(SqlResource.read(resource).formatted(parameters));
    }
  }
}
