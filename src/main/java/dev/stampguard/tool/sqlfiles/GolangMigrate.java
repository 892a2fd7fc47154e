package dev.stampguard.tool.sqlfiles;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * golang-migrate, found by files called {@code N_x.up.sql}. Facts: its {@code database/postgres}
 * and {@code source} packages.
 */
final class GolangMigrate extends SqlFileTool {
  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.up\\.(.*)");

  private static final Pattern QUOTED = Pattern.compile("\"(.*?)\"");

  /** What {@code strconv.ParseBool} takes for it. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  /** {@code advisoryLockIDSalt}. */
  private static final long SALT = 1_486_364_155L;

  GolangMigrate(ProjectLook look) {
    super(
        look,
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
            directory -> isToolsOwn(directory) && !Manifests.nameAnother(look(), project))
        .map(
            directory ->
                new Place(
                    project, directory, new LedgerLocation(Optional.empty(), "schema_migrations")));
  }

  @Override
  boolean readsUrl() {
    return true;
  }

  /** Quoted, the name may have a schema in front; as it stands it is the table's with any dot. */
  @Override
  Place toldBy(Place place, Map<String, String> url) {
    String name = url.getOrDefault("x-migrations-table", "");
    if (name.isEmpty()) {
      return place;
    }
    if (!TRUE.contains(url.getOrDefault("x-migrations-table-quoted", ""))) {
      return place.with(new LedgerLocation(place.ledger().schema(), name));
    }
    List<String> parts = QUOTED.matcher(name).results().map(quoted -> quoted.group(1)).toList();
    if (!name.startsWith("\"") || !name.endsWith("\"") || parts.isEmpty() || parts.size() > 2) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`x-migrations-table` in the database URL is `%s`, which golang-migrate refuses"
              .formatted(name),
          "with `x-migrations-table-quoted=1` it is `\"TABLE\"` or `\"SCHEMA\".\"TABLE\"`");
    }
    return place.with(
        new LedgerLocation(
            parts.size() == 2 ? Optional.of(parts.getFirst()) : place.ledger().schema(),
            parts.getLast()));
  }

  /** It makes none, but a scratch database may have to begin with one. */
  @Override
  List<String> schemas(Place place) {
    return place.ledger().schema().stream().toList();
  }

  private boolean isToolsOwn(Path directory) {
    return look()
        .firstSql(directory)
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
