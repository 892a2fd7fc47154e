package dev.stampguard.postgres.scratch;

import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.Results;
import dev.stampguard.postgres.SqlResource;
import dev.stampguard.postgres.database.DatabaseLocale;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a scratch database takes over from the database it stands in for.
 *
 * @param encoding PostgreSQL's name of it, for example {@code UTF8}
 * @param locale its collation
 * @param settings what {@code ALTER DATABASE} and {@code ALTER ROLE} set, and the search path
 *     wherever it was set, as PostgreSQL stores it
 * @param roles names of the server's roles, unquoted
 * @param schemas schemas the search path names, unquoted: unqualified names go into the first
 * @param extensions those that are installed, but for PL/pgSQL
 */
public record DatabaseModel(
    String encoding,
    DatabaseLocale locale,
    Map<String, String> settings,
    List<String> roles,
    List<String> schemas,
    List<Extension> extensions) {
  public DatabaseModel {
    Objects.requireNonNull(encoding);
    Objects.requireNonNull(locale);
    settings = Map.copyOf(settings);
    roles = List.copyOf(roles);
    schemas = List.copyOf(schemas);
    extensions = List.copyOf(extensions);
  }

  /**
   * An installed extension.
   *
   * @param schema where its objects are
   * @param needed whether anything that is not its own depends on it: then a scratch database
   *     cannot do without
   */
  public record Extension(String name, String schema, boolean needed) {
    public Extension {
      Objects.requireNonNull(name);
      Objects.requireNonNull(schema);
    }

    private Extension outsideOf(Set<String> schemas) {
      return schemas.contains(schema) ? new Extension(name, "public", needed) : this;
    }
  }

  /** For when there is no database to stand in for. */
  public static DatabaseModel plain() {
    return new DatabaseModel("UTF8", DatabaseLocale.C, Map.of(), List.of(), List.of(), List.of());
  }

  /** Reads it from the database that is connected to. */
  public static DatabaseModel read(ReadOnlyTransaction transaction) {
    DatabaseModel model =
        transaction.run(new Query<>(SqlResource.read("scratch-model"), DatabaseModel::read));
    // Its own schemas PostgreSQL has everywhere, and lets nobody create.
    List<String> schemas =
        transaction.searchPath().stream().filter(schema -> !schema.startsWith("pg_")).toList();
    return model.with(schemas, model.extensions());
  }

  /**
   * The same without what somebody else makes.
   *
   * @param madeSchemas names of schemas
   * @param madeExtensions names of extensions
   */
  public DatabaseModel without(Set<String> madeSchemas, Set<String> madeExtensions) {
    return with(
        schemas.stream().filter(schema -> !madeSchemas.contains(schema)).toList(),
        extensions.stream()
            .filter(extension -> !madeExtensions.contains(extension.name()))
            .map(extension -> extension.outsideOf(madeSchemas))
            .toList());
  }

  /**
   * The same with another search path.
   *
   * @param schemas unquoted, in order
   */
  public DatabaseModel withSearchPath(List<String> schemas) {
    var changed = new HashMap<>(settings);
    changed.put(
        "search_path",
        schemas.stream()
            .map(schema -> '"' + schema.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(", ")));
    return new DatabaseModel(encoding, locale, changed, roles, schemas, extensions);
  }

  private DatabaseModel with(List<String> otherSchemas, List<Extension> otherExtensions) {
    return new DatabaseModel(encoding, locale, settings, roles, otherSchemas, otherExtensions);
  }

  private static DatabaseModel read(Results results) throws SQLException {
    ResultSet database = results.next();
    database.next();
    String encoding = database.getString(1);
    var locale =
        new DatabaseLocale(
            database.getString(2),
            database.getString(3),
            database.getString(4),
            Optional.ofNullable(database.getString(5)),
            Optional.empty());
    var settings = new LinkedHashMap<String, String>();
    for (String setting : column(results.next())) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    List<String> roles = column(results.next());
    var extensions = new ArrayList<Extension>();
    ResultSet installed = results.next();
    while (installed.next()) {
      extensions.add(
          new Extension(installed.getString(1), installed.getString(2), installed.getBoolean(3)));
    }
    return new DatabaseModel(encoding, locale, settings, roles, List.of(), extensions);
  }

  static List<String> column(ResultSet rows) throws SQLException {
    var values = new ArrayList<String>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }
}
