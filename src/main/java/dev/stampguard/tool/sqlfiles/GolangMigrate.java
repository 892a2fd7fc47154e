package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * golang-migrate, found by files called {@code N_x.up.sql}. Facts: its {@code database/postgres}
 * and {@code source} packages.
 */
final class GolangMigrate extends SqlFileTool {
  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.up\\.(.*)");

  /** {@code advisoryLockIDSalt}. */
  private static final long SALT = 1_486_364_155L;

  GolangMigrate() {
    super(
        "golang-migrate",
        "golang-migrate",
        "file `N_x.up.sql`",
        "schema_migrations",
        ToolSupport.Checksums.NONE);
  }

  /** sqlx and node-pg-migrate may call their files the same, and then say so. */
  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    return directory(
            project,
            said,
            Optional.empty(),
            directory -> isToolsOwn(directory) && !Manifests.nameAnother(project))
        .map(
            directory ->
                new Place(
                    project, directory, new LedgerLocation(Optional.empty(), "schema_migrations")));
  }

  private static boolean isToolsOwn(Path directory) {
    return Directories.firstSql(directory)
        .filter(file -> ScriptFiles.name(file).matches("[0-9]+_.*\\.(up|down)\\.sql"))
        .isPresent();
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path file : ScriptFiles.list(place.directory())) {
      Matcher name = NAME.matcher(ScriptFiles.name(file));
      if (name.matches()) {
        files
            .read(Versions.number(name.group(1)), name.group(2).replace('_', ' '), file)
            .ifPresent(migrations::add);
      }
    }
    migrations.sort(Comparator.comparing(MigrationFile::id, Versions.BY_NUMBER));
    return migrations;
  }

  /** The whole file goes to the server in one message. */
  @Override
  PieceScript script(MigrationFile file) {
    return new PieceScript(Piece.each(file.text(), 1), PieceScript.Mode.AT_ONCE);
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    return new WaterMark(migrations.stream().map(MigrationFile::id).toList());
  }

  /**
   * Its command line takes the path of the URL for the database's name, with the slash; a program
   * that uses it as a library the name.
   */
  @Override
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of(
        key("/" + database, ledger.schema(), ledger.name()),
        key(database, ledger.schema(), ledger.name()));
  }

  /** As {@code GenerateAdvisoryLockId} computes it. */
  static long key(String database, String... names) {
    var parts = new ArrayList<>(List.of(names));
    parts.add(database);
    return (Hashes.crc32(String.join("\0", parts)) * SALT) & 0xFFFF_FFFFL;
  }
}
