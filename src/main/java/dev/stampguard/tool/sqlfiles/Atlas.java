package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.ledger.LedgerBook;
import dev.stampguard.tool.ledger.LedgerShape;
import dev.stampguard.tool.ledger.RowLedger;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Atlas's versioned migrations, found by {@code atlas.hcl} or {@code atlas.sum}. Facts: its {@code
 * sql/migrate} and {@code cmd/atlas/internal/migrate}.
 */
final class Atlas extends SqlFileTool {
  private static final String SETTINGS = "atlas.hcl";
  private static final String SUM = "atlas.sum";
  private static final String TABLE = "atlas_schema_revisions";

  private static final Pattern DIRECTORY =
      Pattern.compile("\\bdir\\s*=\\s*\"(?:file://)?([^\"$?]+)(?:\\?[^\"]*)?\"");
  private static final Pattern SCHEMA =
      Pattern.compile("\\brevisions_schema\\s*=\\s*\"([^\"$]+)\"");
  private static final Pattern DELIMITER = Pattern.compile("--\\s*atlas:delimiter +(.+)");
  private static final Pattern CHECKPOINT = Pattern.compile("--\\s*atlas:checkpoint(?:\\s.*)?");
  private static final Pattern NO_TRANSACTION = Pattern.compile("--\\s*atlas:txmode +none\\s*");

  /** FNV-1 of {@code atlas_migrate_execute}, as {@code sql/postgres} takes it. */
  private static final long LOCK = fnv("atlas_migrate_execute");

  private static final LedgerShape SHAPE =
      new LedgerShape(
              List.of(
                  "version",
                  "description",
                  "type",
                  "applied",
                  "total",
                  "executed_at",
                  "execution_time",
                  "error",
                  "error_stmt",
                  "hash",
                  "partial_hashes",
                  "operator_version"),
              "partial_hashes",
              "version",
              "version",
              Optional.empty(),
              table ->
                  """
              CREATE TABLE %s (
                  version character varying NOT NULL,
                  description character varying NOT NULL,
                  type bigint NOT NULL DEFAULT 2,
                  applied bigint NOT NULL DEFAULT 0,
                  total bigint NOT NULL DEFAULT 0,
                  executed_at timestamptz NOT NULL,
                  execution_time bigint NOT NULL,
                  error text NULL,
                  error_stmt text NULL,
                  hash character varying NOT NULL,
                  partial_hashes jsonb NULL,
                  operator_version character varying NOT NULL,
                  PRIMARY KEY (version)
              )"""
                      .formatted(table),
              Optional.of(TABLE),
              List.of())
          // It goes on where it stopped.
          .blockedUntil("the statement that failed runs");

  Atlas(ProjectLook look) {
    super(
        look,
        "atlas",
        "Atlas",
        "`atlas.hcl` or `atlas.sum`",
        "atlas_schema_revisions",
        ToolSupport.Checksums.COMPARED);
  }

  private static long fnv(String text) {
    long hash = 2_166_136_261L;
    for (int i = 0; i < text.length(); i++) {
      hash = ((hash * 16_777_619L) & 0xFFFF_FFFFL) ^ text.charAt(i);
    }
    return hash;
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(SETTINGS);
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    String settings = look().text(project, SETTINGS).orElse("");
    return directory(
            project,
            said,
            value(DIRECTORY, settings),
            directory -> Files.isRegularFile(directory.resolve(SUM)))
        .map(
            directory ->
                new Place(project, directory, new LedgerLocation(value(SCHEMA, settings), TABLE)));
  }

  private static Optional<String> value(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /**
   * A checkpoint stands for all files before it: a new database begins with the last one, and one
   * that knows any file before it never runs it. Only where nothing is before it any more is it a
   * migration itself.
   */
  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    List<MigrationFile> all = all(place, files);
    return IntStream.range(0, all.size())
        .filter(i -> i == 0 || !isCheckpoint(all.get(i)))
        .mapToObj(all::get)
        .toList();
  }

  static boolean isCheckpoint(MigrationFile file) {
    return file.text()
        .lines()
        .takeWhile(line -> line.startsWith("--") || line.startsWith("#"))
        .anyMatch(line -> CHECKPOINT.matcher(line).matches());
  }

  private static List<MigrationFile> all(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path file : ScriptFiles.list(place.directory())) {
      String fileName = ScriptFiles.name(file);
      if (!fileName.endsWith(".sql")) {
        continue;
      }
      String[] name = fileName.substring(0, fileName.length() - 4).split("_", 2);
      files
          .read(name[0], name.length < 2 ? "" : name[1].replace('_', ' '), file)
          .ifPresent(migrations::add);
    }
    return migrations;
  }

  @Override
  PieceScript script(MigrationFile file) {
    boolean isBare =
        header(file.text()).stream().anyMatch(line -> NO_TRANSACTION.matcher(line).matches());
    return new PieceScript(pieces(file), isBare ? PieceScript.Mode.BARE : PieceScript.Mode.WRAPPED);
  }

  /** Statement by statement, or cut where the file itself says. */
  static List<Piece> pieces(MigrationFile file) {
    Optional<String> delimiter =
        header(file.text()).stream()
            .map(DELIMITER::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1).translateEscapes())
            .findFirst();
    if (delimiter.isEmpty()) {
      return Piece.each(file.text(), 1);
    }
    var pieces = new ArrayList<Piece>();
    int line = 1;
    for (String part : file.text().split(Pattern.quote(delimiter.get()), -1)) {
      int blank = part.length() - part.stripLeading().length();
      if (!Piece.each(part, 1).isEmpty()) {
        pieces.add(new Piece(part.strip(), line + lines(part.substring(0, blank))));
      }
      line += lines(part) + lines(delimiter.get());
    }
    return pieces;
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  /** The comments that an empty line keeps apart from the statements. */
  private static List<String> header(String text) {
    var header = new ArrayList<String>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("--") || line.startsWith("#")) {
        header.add(line.strip());
      } else {
        return line.isBlank() ? header : List.of();
      }
    }
    return header;
  }

  /** Checkpoints are no revisions, and may be recorded. */
  @Override
  List<String> facts(Place place) {
    return all(place, new ScriptFiles(place.project())).stream()
        .map(MigrationFile::toString)
        .toList();
  }

  @Override
  List<Path> files(Place place) {
    return all(place, new ScriptFiles(place.project())).stream().map(MigrationFile::file).toList();
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    return new RowLedger(
        SHAPE,
        () ->
            new AtlasEntries(
                Migrations.of(migrations),
                Migrations.of(all(place, new ScriptFiles(place.project())))));
  }

  @Override
  List<String> schemas(Place place) {
    return place.ledger().schema().stream().toList();
  }

  @Override
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of(LOCK);
  }
}
