package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.Connectors;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresClient.Format;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The law: a database and its dump restored have the same snapshot, and so has the restored one's
 * dump restored, whatever their settings and majors.
 */
final class DumpLaw implements AutoCloseable {
  /** Settings that change how PostgreSQL prints and reads, none of them the usual one. */
  static final Map<String, List<String>> SETTINGS =
      Map.ofEntries(
          Map.entry("TimeZone", List.of("Asia/Kolkata", "America/St_Johns")),
          Map.entry("DateStyle", List.of("SQL, DMY", "German", "Postgres, MDY")),
          Map.entry("IntervalStyle", List.of("sql_standard", "postgres_verbose", "iso_8601")),
          Map.entry("bytea_output", List.of("escape")),
          Map.entry("quote_all_identifiers", List.of("on")),
          Map.entry("extra_float_digits", List.of("-15", "3")),
          Map.entry("standard_conforming_strings", List.of("off")),
          Map.entry("search_path", List.of("information_schema", "\"Üb.er 1\", public")),
          Map.entry("transform_null_equals", List.of("on")),
          Map.entry("default_text_search_config", List.of("german")));

  private static final List<String> ROLES = List.of("law_reader", "\"Law Writer\"");

  private final List<Runnable> drops = new ArrayList<>();

  /** The encoding that databases are in unless one says otherwise. */
  static final String UTF8 = "UTF8";

  /** A database of one server. */
  record Database(int major, PostgresServer server, String name) {}

  /** Builds a database from parts, with psql: pgjdbc splits a body in standard SQL in two. */
  Database build(int major, List<SchemaPart> parts, Map<String, String> settings) {
    Database database = create(major, UTF8, settings);
    var script = new StringBuilder("CREATE SCHEMA \"Ext ensions\";\n");
    for (int number = 0; number < parts.size(); number++) {
      script.append(parts.get(number).script(number)).append('\n');
    }
    run(database, script.toString());
    return database;
  }

  /** Makes an empty database. */
  Database create(int major, String encoding) {
    return create(major, encoding, Map.of());
  }

  /** Runs statements with psql. */
  static void run(Database database, String script) {
    inFile(
        file -> {
          Files.writeString(file, "SET client_encoding = 'UTF8';\n" + script);
          PostgresClient.forServer(database.major)
              .restore(database.server, database.name, Format.PLAIN, file);
        });
  }

  /** Dumps a database and restores it into a new one. */
  Database restore(Database from, int major, Format format, Map<String, String> settings) {
    return restore(from, create(major, UTF8, settings), format);
  }

  /** Dumps a database and restores it into an empty one. */
  static Database restore(Database from, Database to, Format format) {
    PostgresClient client = PostgresClient.forServer(Math.max(from.major, to.major));
    inFile(
        dump -> {
          client.dump(from.server, from.name, format, dump);
          client.restore(to.server, to.name, format, dump);
        });
    return to;
  }

  private interface FileAction {
    void on(Path file) throws IOException;
  }

  private static void inFile(FileAction action) {
    try {
      Path file = Files.createTempFile("law", ".sql");
      try {
        action.on(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Database create(int major, String encoding, Map<String, String> settings) {
    PostgresServer server = PostgresServer.of(Integer.toString(major));
    for (String role : ROLES) {
      server.execute(
          "postgres",
          "DO $$ BEGIN CREATE ROLE %s; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
              .formatted(role));
    }
    String name = server.createDatabase();
    if (!encoding.equals(UTF8)) {
      server.execute("postgres", "DROP DATABASE " + name);
      server.execute(
          "postgres",
          "CREATE DATABASE %s ENCODING '%s' LOCALE 'C' TEMPLATE template0"
              .formatted(name, encoding));
    }
    drops.add(() -> server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(name)));
    int number = 0;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      // Half of them for the role, which wins over the database.
      String whose = number++ % 2 == 0 ? "DATABASE " : "ROLE postgres IN DATABASE ";
      String value =
          setting.getKey().equals("search_path")
              ? setting.getValue()
              : "'" + setting.getValue() + "'";
      server.execute(
          "postgres", "ALTER %s%s SET %s = %s".formatted(whose, name, setting.getKey(), value));
    }
    return new Database(major, server, name);
  }

  /** What is in a database; reading names alone must find the same objects. */
  static CatalogSnapshot snapshot(Database database) {
    try (var connection = Connectors.connector().open(database.server.target(database.name));
        var transaction = connection.readOnly()) {
      CatalogSnapshot snapshot = CatalogReader.read(transaction, CatalogDepth.DEFINITIONS);
      CatalogSnapshot names = CatalogReader.read(transaction, CatalogDepth.NAMES);
      assertThat(names.objects().keySet()).isEqualTo(snapshot.objects().keySet());
      return snapshot;
    }
  }

  /**
   * Two snapshots tell of the same schema. On one major nothing is left open; across majors only
   * what has a body of its own per major is.
   */
  static void assertSame(CatalogSnapshot left, CatalogSnapshot right, boolean oneMajor) {
    CatalogComparison comparison = CatalogComparison.of(left, right);
    assertThat(comparison.onlyLeft()).as("lost").isEmpty();
    assertThat(comparison.onlyRight()).as("won").isEmpty();
    assertThat(comparison.different()).as("different").isEmpty();
    if (oneMajor) {
      assertThat(comparison.exact()).as("exact").isTrue();
      assertThat(right.objects()).isEqualTo(left.objects());
    }
    left.objects()
        .forEach(
            (name, object) -> {
              Definition other = Objects.requireNonNull(right.objects().get(name)).definition();
              boolean hasBody =
                  object.definition() instanceof Definition.Canonical c && c.body().isPresent();
              assertThat(object.definition().isComparableTo(other))
                  .as("%s is compared in full", name)
                  .isEqualTo(oneMajor || !hasBody);
            });
  }

  /** Drops what was made. */
  @Override
  public void close() {
    drops.forEach(Runnable::run);
  }
}
