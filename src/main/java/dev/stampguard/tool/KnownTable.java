package dev.stampguard.tool;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table that a migration tool makes for itself unless it is told another name: its ledger, or
 * what it keeps beside it. Of every tool there is, whether or not stampguard reads its scripts: the
 * table is nobody's schema. Names and columns are from the tools' sources.
 *
 * @param tool the tool's name
 * @param schema the schema it always is in; empty when a search path or a setting decides
 * @param name the table's name, unquoted
 * @param columns those that tell it from another table of that name
 * @param isLedger whether it says which migrations were applied
 */
public record KnownTable(
    String tool, Optional<String> schema, String name, Set<String> columns, boolean isLedger) {
  /** What Rails keeps beside its ledger: nothing else tells that one from dbmate's. */
  static final String RAILS_MARK = "ar_internal_metadata";

  private static final String SQITCH = "sqitch";

  private static final List<KnownTable> ALL =
      List.of(
          ledger("alembic", "alembic_version", "version_num"),
          ledger("atlas", "atlas_schema_revisions", "version", "applied", "total", "hash"),
          ledger("dbmate", "schema_migrations", "version"),
          ledger("diesel", "__diesel_schema_migrations", "version", "run_on"),
          ledger("django", "django_migrations", "id", "app", "name", "applied"),
          ledger("drizzle", "__drizzle_migrations", "id", "hash", "created_at"),
          ledger("ecto", "schema_migrations", "version", "inserted_at"),
          ledger("efcore", "__EFMigrationsHistory", "MigrationId", "ProductVersion"),
          ledger("flyway", "flyway_schema_history", "installed_rank", "version", "success"),
          ledger("golang-migrate", "schema_migrations", "version", "dirty"),
          ledger("goose", "goose_db_version", "id", "version_id", "is_applied"),
          ledger("knex", "knex_migrations", "id", "name", "batch", "migration_time"),
          beside("knex", "knex_migrations_lock", "index", "is_locked"),
          ledger("liquibase", "databasechangelog", "id", "author", "filename", "orderexecuted"),
          beside("liquibase", "databasechangeloglock", "id", "locked", "lockedby"),
          ledger("node-pg-migrate", "pgmigrations", "id", "name", "run_on"),
          ledger("prisma", "_prisma_migrations", "id", "migration_name", "finished_at"),
          ledger("rails", "schema_migrations", "version"),
          beside("rails", RAILS_MARK, "key", "value"),
          ledger("sequelize", "SequelizeMeta", "name"),
          sqitch("changes", true, "change_id", "change", "project"),
          sqitch("dependencies", false, "change_id", "dependency"),
          sqitch("events", false, "event", "change_id", "change"),
          sqitch("projects", false, "project", "creator_name"),
          sqitch("releases", false, "version", "installer_name"),
          sqitch("tags", false, "tag_id", "tag", "change_id"),
          ledger("sqlx", "_sqlx_migrations", "version", "installed_on", "success", "checksum"),
          new KnownTable(
              "supabase",
              Optional.of("supabase_migrations"),
              "schema_migrations",
              Set.of("version", "statements"),
              true),
          ledger("typeorm", "migrations", "id", "timestamp", "name"));

  public KnownTable {
    Objects.requireNonNull(tool);
    Objects.requireNonNull(schema);
    Objects.requireNonNull(name);
    columns = Set.copyOf(columns);
  }

  private static KnownTable ledger(String tool, String name, String... columns) {
    return new KnownTable(tool, Optional.empty(), name, Set.of(columns), true);
  }

  private static KnownTable beside(String tool, String name, String... columns) {
    return new KnownTable(tool, Optional.empty(), name, Set.of(columns), false);
  }

  private static KnownTable sqitch(String name, boolean isLedger, String... columns) {
    return new KnownTable(SQITCH, Optional.of(SQITCH), name, Set.of(columns), isLedger);
  }

  /** All their names, each once, sorted. */
  static List<String> names() {
    return ALL.stream().map(KnownTable::name).distinct().sorted().toList();
  }

  /**
   * Whose table it is that looks like this: several where they look the same, none where it is
   * nobody's. Of shapes that contain each other the larger one counts.
   *
   * @param schema where it is
   * @param name its name, unquoted
   * @param columns all it has
   */
  static List<KnownTable> of(String schema, String name, Set<String> columns) {
    int most =
        fitting(schema, name, columns)
            .map(known -> known.columns().size())
            .max(Comparator.naturalOrder())
            .orElse(0);
    return fitting(schema, name, columns).filter(known -> known.columns().size() == most).toList();
  }

  private static Stream<KnownTable> fitting(String schema, String name, Set<String> columns) {
    return ALL.stream()
        .filter(known -> known.name().equals(name))
        .filter(known -> known.schema().isEmpty() || known.schema().get().equals(schema))
        .filter(known -> columns.containsAll(known.columns()));
  }

  /** Whether a tool makes a table of this name for its ledger. */
  static boolean isLedgerOf(String tool, String name) {
    return ALL.stream()
        .anyMatch(
            known -> known.isLedger() && known.tool().equals(tool) && known.name().equals(name));
  }
}
