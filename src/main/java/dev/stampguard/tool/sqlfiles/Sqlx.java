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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * sqlx, found by {@code Cargo.toml} naming it. Facts: its {@code sqlx-core/src/migrate} and {@code
 * sqlx-postgres/src/migrate.rs}.
 */
final class Sqlx extends SqlFileTool {
  private static final Pattern NAME = Pattern.compile("(\\d+)_(.*)\\.sql");
  private static final String UP = ".up";
  private static final String DOWN = ".down";

  /** {@code generate_lock_id}. */
  private static final long SALT = 0x3d32ad9eL;

  private static final LedgerShape SHAPE =
      LedgerShape.of(
          "version",
          List.of(
              "version", "description", "installed_on", "success", "checksum", "execution_time"),
          """
          CREATE TABLE %1$s (
              version BIGINT PRIMARY KEY,
              description TEXT NOT NULL,
              installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
              success BOOLEAN NOT NULL,
              checksum BYTEA NOT NULL,
              execution_time BIGINT NOT NULL
          )""");

  Sqlx(ProjectLook look) {
    super(
        look,
        "sqlx",
        "sqlx",
        "`Cargo.toml` with sqlx",
        "_sqlx_migrations",
        ToolSupport.Checksums.COMPARED);
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    return directory(
            project,
            said,
            Optional.empty(),
            directory -> Manifests.nameSqlx(look(), project) && holdsMigrations(directory))
        .map(
            directory ->
                new Place(
                    project, directory, new LedgerLocation(Optional.empty(), "_sqlx_migrations")));
  }

  private static boolean holdsMigrations(Path directory) {
    return ScriptFiles.list(directory).stream()
        .anyMatch(file -> NAME.matcher(ScriptFiles.name(file)).matches());
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path file : ScriptFiles.list(place.directory())) {
      Matcher name = NAME.matcher(ScriptFiles.name(file));
      if (name.matches() && !name.group(2).endsWith(DOWN)) {
        String described = name.group(2);
        if (described.endsWith(UP)) {
          described = described.substring(0, described.length() - UP.length());
        }
        files
            .read(Versions.number(name.group(1)), described.replace('_', ' '), file)
            .ifPresent(migrations::add);
      }
    }
    migrations.sort(Comparator.comparing(MigrationFile::id, Versions.BY_NUMBER));
    return migrations;
  }

  @Override
  PieceScript script(MigrationFile file) {
    boolean isBare = file.text().startsWith("-- no-transaction");
    return new PieceScript(
        Piece.each(file.text(), 1), isBare ? PieceScript.Mode.AT_ONCE : PieceScript.Mode.WRAPPED);
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    return new RowLedger(SHAPE, () -> new Entries(Migrations.of(migrations)));
  }

  @Override
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of(SALT * Hashes.crc32(database));
  }

  /** It runs whatever is not recorded, and nothing at all while a row says that one failed. */
  private record Entries(Migrations migrations) implements LedgerEntries {
    @Override
    public List<String> order() {
      return migrations.order();
    }

    @Override
    public Said said(LedgerRow row) {
      String version = row.text("version");
      if (!row.isTrue("success")) {
        return new Said(version, Said.Kind.FAILED);
      }
      boolean isSame =
          migrations
              .find(version)
              .filter(file -> !checksum(file).equals(row.text("checksum")))
              .isEmpty();
      return new Said(version, isSame ? Said.Kind.APPLIED : Said.Kind.EDITED);
    }

    private static String checksum(MigrationFile file) {
      return "\\x" + Hashes.sha384(file.text());
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      MigrationFile file = migrations.get(revision);
      return Map.of(
          "version",
          revision,
          "description",
          LedgerEntries.literal(file.message()),
          "success",
          "true",
          "checksum",
          LedgerEntries.literal(checksum(file)),
          "execution_time",
          "0");
    }

    @Override
    public Map<String, String> corrected(String revision) {
      return Map.of("checksum", LedgerEntries.literal(checksum(migrations.get(revision))));
    }

    @Override
    public String prepare(QualifiedName table, String revision) {
      return "DELETE FROM %s WHERE version = %s AND NOT success".formatted(table, revision);
    }

    @Override
    public boolean isLateRefused() {
      return false;
    }
  }
}
