package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.ledger.LedgerEntries;
import dev.stampguard.tool.ledger.LedgerRow;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.ledger.Said;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prisma Migrate, found by {@code prisma/schema.prisma} or the lock file beside its migrations.
 * Facts: its engines' {@code schema-engine}.
 */
final class Prisma extends SqlFileTool {
  private static final String LOCK_FILE = "migration_lock.toml";
  private static final String SCRIPT = "migration.sql";
  private static final long LOCK = 72_707_369;

  private static final List<String> DIRECTORIES =
      List.of("prisma/migrations", "prisma/schema/migrations");

  private static final LedgerShape SHAPE =
      new LedgerShape(
              List.of(
                  "id",
                  "checksum",
                  "finished_at",
                  "migration_name",
                  "logs",
                  "rolled_back_at",
                  "started_at",
                  "applied_steps_count"),
              "migration_name",
              "id",
              "started_at, finished_at NULLS FIRST, migration_name",
              Optional.empty(),
              table ->
                  """
              CREATE TABLE %1$s (
                  id                      VARCHAR(36) PRIMARY KEY NOT NULL,
                  checksum                VARCHAR(64) NOT NULL,
                  finished_at             TIMESTAMPTZ,
                  migration_name          VARCHAR(255) NOT NULL,
                  logs                    TEXT,
                  rolled_back_at          TIMESTAMPTZ,
                  started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
                  applied_steps_count     INTEGER NOT NULL DEFAULT 0
              )"""
                      .formatted(table),
              Optional.empty(),
              List.of())
          // The URL's `schema` says where; it is looked for nowhere else.
          .onlyInFirst()
          .blockedUntil("`prisma migrate resolve` has marked it as rolled back, or as applied");

  Prisma(ProjectLook look) {
    super(
        look,
        "prisma",
        "Prisma",
        "`prisma/schema.prisma`",
        "_prisma_migrations",
        ToolSupport.Checksums.COMPARED);
  }

  @Override
  public List<String> settingsFiles() {
    return List.of("prisma/schema.prisma");
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    boolean isUsed =
        said.isNamed(this) || look().isFile(project, project.resolve("prisma/schema.prisma"));
    return said.migrations()
        .or(
            () ->
                DIRECTORIES.stream()
                    .map(project::resolve)
                    .filter(directory -> look().isDirectory(project, directory))
                    .findFirst())
        .filter(directory -> isUsed || Files.isRegularFile(directory.resolve(LOCK_FILE)))
        .filter(Prisma::isForPostgres)
        .map(
            directory ->
                new Place(
                    project,
                    directory,
                    new LedgerLocation(Optional.empty(), "_prisma_migrations")));
  }

  private static boolean isForPostgres(Path directory) {
    return ScriptFiles.settings(directory.resolve(LOCK_FILE))
        .filter(text -> text.contains("provider"))
        .map(text -> text.contains("postgres") || text.contains("cockroach"))
        .orElse(true);
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path directory : ScriptFiles.list(place.directory())) {
      Path file = directory.resolve(SCRIPT);
      if (Files.isRegularFile(file)) {
        String name = ScriptFiles.name(directory);
        files
            .read(name, name.replaceFirst("^[0-9]+_", "").replace('_', ' '), file)
            .ifPresent(migrations::add);
      }
    }
    return migrations;
  }

  @Override
  PieceScript script(MigrationFile file) {
    return new PieceScript(Piece.each(file.text(), 1), PieceScript.Mode.AT_ONCE);
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    return new RowLedger(SHAPE, () -> new Entries(Migrations.of(migrations)));
  }

  @Override
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of(LOCK);
  }

  /**
   * Every try has a row; one that was rolled back counts no more. It runs whatever is not recorded,
   * and nothing at all while one that failed is not resolved.
   */
  private record Entries(Migrations migrations) implements LedgerEntries {
    @Override
    public List<String> order() {
      return migrations.order();
    }

    @Override
    public Said said(LedgerRow row) {
      String name = row.text("migration_name");
      if (!row.isNull("rolled_back_at")) {
        return new Said(name, Said.Kind.NOTHING);
      }
      if (row.isNull("finished_at")) {
        return new Said(name, Said.Kind.FAILED);
      }
      boolean isSame =
          migrations
              .find(name)
              .filter(file -> !checksums(file).contains(row.text("checksum")))
              .isEmpty();
      return new Said(name, isSame ? Said.Kind.APPLIED : Said.Kind.EDITED);
    }

    /** Whatever line ends the file had where it ran. */
    private static List<String> checksums(MigrationFile file) {
      String unix = file.text().replace("\r\n", "\n");
      return List.of(
          Hashes.sha256(file.text()),
          Hashes.sha256(unix),
          Hashes.sha256(unix.replace("\n", "\r\n")));
    }

    private String checksum(String revision) {
      return LedgerEntries.literal(Hashes.sha256(migrations.get(revision).text()));
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      return Map.of(
          "id",
          "gen_random_uuid()::text",
          "checksum",
          checksum(revision),
          "finished_at",
          "clock_timestamp()",
          "migration_name",
          LedgerEntries.literal(revision),
          "started_at",
          "clock_timestamp()",
          "applied_steps_count",
          "1");
    }

    @Override
    public Map<String, String> corrected(String revision) {
      return Map.of("checksum", checksum(revision));
    }

    /** As {@code prisma migrate resolve} does it. */
    @Override
    public String prepare(QualifiedName table, String revision) {
      return "UPDATE %s SET rolled_back_at = now() WHERE migration_name = %s AND finished_at IS NULL AND rolled_back_at IS NULL"
          .formatted(table, LedgerEntries.literal(revision));
    }

    @Override
    public String dismiss(QualifiedName table, String where, Said said) {
      return said.kind() == Said.Kind.FAILED
          ? "UPDATE %s SET rolled_back_at = now() WHERE %s".formatted(table, where)
          : LedgerEntries.super.dismiss(table, where, said);
    }

    @Override
    public boolean isLateRefused() {
      return false;
    }
  }
}
