package dev.stampguard.postgres.database;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Results;
import dev.stampguard.postgres.SqlResource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What describes a database beside its content, and what a dump of it leaves out.
 *
 * @param owner the role that owns it
 * @param encoding PostgreSQL's name of it, for example {@code UTF8}
 * @param locale its collation
 * @param tablespace where its files are
 * @param connectionLimit how many sessions it takes; -1 for any number
 * @param comment empty when it has none
 * @param settings what {@code ALTER DATABASE} and {@code ALTER ROLE … IN DATABASE} set
 * @param grants its privileges; empty when nobody ever changed PostgreSQL's defaults
 * @param roles every role that its objects, their privileges or policies name, sorted
 */
public record DatabaseProperties(
    String owner,
    String encoding,
    DatabaseLocale locale,
    String tablespace,
    int connectionLimit,
    Optional<String> comment,
    List<Setting> settings,
    Optional<List<Grant>> grants,
    List<String> roles) {
  private static final Query<DatabaseProperties> READ =
      new Query<>(SqlResource.read("database-properties"), DatabaseProperties::read);

  public DatabaseProperties {
    Objects.requireNonNull(owner);
    Objects.requireNonNull(encoding);
    Objects.requireNonNull(locale);
    Objects.requireNonNull(tablespace);
    Objects.requireNonNull(comment);
    settings = List.copyOf(settings);
    grants = grants.map(List::copyOf);
    roles = List.copyOf(roles);
  }

  /**
   * A setting of the database.
   *
   * @param role for whom; empty for everybody
   * @param name its name, which may have two parts with a dot between them
   * @param value as PostgreSQL stores it
   */
  public record Setting(Optional<String> role, String name, String value) {
    public Setting {
      Objects.requireNonNull(role);
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }
  }

  /**
   * A privilege on the database itself.
   *
   * @param grantee who has it; empty for everybody
   * @param privilege the key word, for example {@code CONNECT}
   * @param grantable whether it may be passed on
   */
  public record Grant(Optional<String> grantee, String privilege, boolean grantable) {
    public Grant {
      Objects.requireNonNull(grantee);
      if (!privilege.matches("[A-Z]+")) {
        throw new IllegalArgumentException("not a privilege: " + privilege);
      }
    }
  }

  /** Reads them of the database that is connected to. */
  public static DatabaseProperties read(ReadOnlyTransaction transaction) {
    return transaction.run(READ);
  }

  private static DatabaseProperties read(Results results) throws SQLException {
    ResultSet database = results.next();
    database.next();
    String owner = database.getString(1);
    String encoding = database.getString(2);
    var locale =
        new DatabaseLocale(
            database.getString(3),
            database.getString(4),
            database.getString(5),
            Optional.ofNullable(database.getString(6)),
            Optional.ofNullable(database.getString(7)));
    String tablespace = database.getString(8);
    int limit = database.getInt(9);
    Optional<String> comment = Optional.ofNullable(database.getString(10));
    boolean isDefault = database.getBoolean(11);
    List<Setting> settings = settings(results.next());
    List<Grant> grants = grants(results.next());
    return new DatabaseProperties(
        owner,
        encoding,
        locale,
        tablespace,
        limit,
        comment,
        settings,
        isDefault ? Optional.empty() : Optional.of(grants),
        roles(results.next()));
  }

  private static List<Setting> settings(ResultSet rows) throws SQLException {
    var settings = new ArrayList<Setting>();
    while (rows.next()) {
      settings.add(
          new Setting(
              Optional.ofNullable(rows.getString(1)), rows.getString(2), rows.getString(3)));
    }
    return settings;
  }

  private static List<Grant> grants(ResultSet rows) throws SQLException {
    var grants = new ArrayList<Grant>();
    while (rows.next()) {
      grants.add(
          new Grant(Optional.ofNullable(rows.getString(1)), rows.getString(2), rows.getBoolean(3)));
    }
    return grants;
  }

  private static List<String> roles(ResultSet rows) throws SQLException {
    var roles = new ArrayList<String>();
    while (rows.next()) {
      roles.add(rows.getString(1));
    }
    return roles;
  }
}
