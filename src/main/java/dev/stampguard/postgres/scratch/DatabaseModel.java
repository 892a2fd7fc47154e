package dev.stampguard.postgres.scratch;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Results;
import dev.stampguard.postgres.SqlResource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a scratch database takes over from the database it stands in for.
 *
 * @param encoding PostgreSQL's name of it, for example {@code UTF8}
 * @param locale its collation
 * @param settings what {@code ALTER DATABASE} and {@code ALTER ROLE} set, as PostgreSQL stores it
 * @param roles names of the server's roles, unquoted
 */
public record DatabaseModel(
    String encoding, Locale locale, Map<String, String> settings, List<String> roles) {
  public DatabaseModel {
    Objects.requireNonNull(encoding);
    Objects.requireNonNull(locale);
    settings = Map.copyOf(settings);
    roles = List.copyOf(roles);
  }

  /**
   * How a database sorts and classifies text.
   *
   * @param collate the C library's name
   * @param ctype the C library's name
   * @param provider {@code c} (C library), {@code i} (ICU) or {@code b} (PostgreSQL's own)
   * @param name the provider's own name of the locale; empty for the C library
   */
  public record Locale(String collate, String ctype, String provider, Optional<String> name) {
    /** The one every server has. */
    static final Locale C = new Locale("C", "C", "c", Optional.empty());

    public Locale {
      Objects.requireNonNull(collate);
      Objects.requireNonNull(ctype);
      Objects.requireNonNull(provider);
      Objects.requireNonNull(name);
    }
  }

  /** For when there is no database to stand in for. */
  public static DatabaseModel plain() {
    return new DatabaseModel("UTF8", Locale.C, Map.of(), List.of());
  }

  /** Reads it from the database that is connected to. */
  public static DatabaseModel read(ReadOnlyTransaction transaction) {
    return transaction.run(new Query<>(SqlResource.read("scratch-model"), DatabaseModel::read));
  }

  private static DatabaseModel read(Results results) throws SQLException {
    ResultSet database = results.next();
    database.next();
    String encoding = database.getString(1);
    var locale =
        new Locale(
            database.getString(2),
            database.getString(3),
            database.getString(4),
            Optional.ofNullable(database.getString(5)));
    var settings = new LinkedHashMap<String, String>();
    for (String setting : column(results.next())) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return new DatabaseModel(encoding, locale, settings, column(results.next()));
  }

  static List<String> column(ResultSet rows) throws SQLException {
    var values = new ArrayList<String>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }
}
