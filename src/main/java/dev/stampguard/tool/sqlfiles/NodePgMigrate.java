package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.ToolSettings;
import dev.stampguard.tool.ToolSupport;
import dev.stampguard.tool.command.NodeShield;
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
import java.util.stream.Collectors;

/**
 * node-pg-migrate with migrations in SQL, among which may be some in JavaScript, found by {@code
 * package.json} naming it. Facts: its {@code src/runner.ts}, {@code src/migration.ts} and {@code
 * src/sqlMigration.ts}.
 */
final class NodePgMigrate extends SqlFileTool {
  private static final Pattern NAME = Pattern.compile("(\\d+)(.*)\\.(sql|[cm]?[jt]s)");
  private static final Pattern UP = Pattern.compile("(?im)^\\s*--[\\s-]*up\\s+migration");
  private static final Pattern DOWN = Pattern.compile("(?im)^\\s*--[\\s-]*down\\s+migration");
  private static final long LOCK = 7_241_865_325_823_964L;

  private static final LedgerShape SHAPE =
      new LedgerShape(
          List.of("id", "name", "run_on"),
          "run_on",
          "id",
          "run_on, id",
          Optional.of("id"),
          "CREATE TABLE %s (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)"
              ::formatted,
          Optional.empty(),
          List.of());

  NodePgMigrate(ProjectLook look) {
    super(
        look,
        "node-pg-migrate",
        "node-pg-migrate",
        "`package.json` with node-pg-migrate",
        "pgmigrations",
        ToolSupport.Checksums.NONE);
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    return directory(
            project,
            said,
            Optional.empty(),
            directory ->
                Manifests.nameLibrary(look(), project, "node-pg-migrate")
                    && ScriptFiles.list(directory).stream()
                        .anyMatch(file -> NAME.matcher(ScriptFiles.name(file)).matches()))
        .map(
            directory ->
                new Place(
                    project, directory, new LedgerLocation(Optional.empty(), "pgmigrations")));
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path file : ScriptFiles.list(place.directory())) {
      String name = ScriptFiles.name(file);
      Matcher parts = NAME.matcher(name);
      if (parts.matches() && !name.endsWith(".d.ts")) {
        files
            .read(
                name.substring(0, name.lastIndexOf('.')),
                parts.group(2).replaceFirst("^[_-]", "").replace('-', ' ').replace('_', ' '),
                file)
            .ifPresent(migrations::add);
      }
    }
    migrations.sort(
        Comparator.comparing(NodePgMigrate::number, Versions.BY_NUMBER)
            .thenComparing(MigrationFile::id));
    return migrations;
  }

  private static String number(MigrationFile file) {
    Matcher digits = Pattern.compile("^\\d+").matcher(file.id());
    return digits.find() ? digits.group() : "0";
  }

  @Override
  Optional<Programs> programs() {
    return Optional.of(
        new Programs(
            file -> !file.path().endsWith(".sql"),
            "JavaScript",
            "npx --no-install node-pg-migrate up {revision}",
            new NodeShield()));
  }

  @Override
  PieceScript script(MigrationFile file) {
    String text = file.text();
    int up = start(UP, text);
    int down = start(DOWN, text);
    int from = Math.max(up, 0);
    int to = up >= 0 ? (down < up ? text.length() : down) : text.length();
    int line = (int) text.substring(0, from).chars().filter(c -> c == '\n').count() + 1;
    return new PieceScript(Piece.each(text.substring(from, to), line), PieceScript.Mode.WRAPPED);
  }

  private static int start(Pattern comment, String text) {
    Matcher found = comment.matcher(text);
    return found.find() ? found.start() : -1;
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    List<String> order = migrations.stream().map(MigrationFile::id).toList();
    return new RowLedger(SHAPE, () -> new Entries(order));
  }

  @Override
  List<Long> locks(QualifiedName ledger, String database) {
    return List.of(LOCK);
  }

  /**
   * It compares the rows, in the order in which they were run, with the files one by one and
   * refuses when they differ. So a row that comes late has to stand where its file does.
   */
  private record Entries(List<String> order) implements LedgerEntries {
    @Override
    public Said said(LedgerRow row) {
      return new Said(row.text("name"), Said.Kind.APPLIED);
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      String now =
          later(revision).isEmpty()
              ? "now()"
              : ("coalesce((SELECT CASE WHEN count(*) FILTER (WHERE %2$s) = 0 THEN now()"
                      + " ELSE coalesce(max(run_on) FILTER (WHERE %3$s),"
                      + " min(run_on) FILTER (WHERE %2$s) - interval '1 microsecond') END"
                      + " FROM %1$s), now())")
                  .formatted(table, in(later(revision)), in(earlier(revision)));
      return Map.of("name", LedgerEntries.literal(revision), "run_on", now);
    }

    @Override
    public Map<String, String> lastValues(QualifiedName table, String revision) {
      return Map.of("name", LedgerEntries.literal(revision), "run_on", "now()");
    }

    /** Rows of one run have one time: the later ones make room. */
    @Override
    public String prepare(QualifiedName table, String revision) {
      return later(revision).isEmpty() || earlier(revision).isEmpty()
          ? ""
          : ("UPDATE %1$s SET run_on = run_on + interval '1 microsecond' WHERE %2$s"
                  + " AND (SELECT max(run_on) FROM %1$s WHERE %3$s)"
                  + " >= (SELECT min(run_on) FROM %1$s WHERE %2$s)")
              .formatted(table, in(later(revision)), in(earlier(revision)));
    }

    private List<String> later(String revision) {
      return order.subList(order.indexOf(revision) + 1, order.size());
    }

    private List<String> earlier(String revision) {
      return order.subList(0, order.indexOf(revision));
    }

    private static String in(List<String> names) {
      return names.isEmpty()
          ? "false"
          : "name IN (%s)"
              .formatted(
                  names.stream().map(LedgerEntries::literal).collect(Collectors.joining(", ")));
    }

    @Override
    public boolean isLateRefused() {
      return true;
    }
  }
}
