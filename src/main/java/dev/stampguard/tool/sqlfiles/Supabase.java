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
import dev.stampguard.tool.sql.SqlStatement;
import dev.stampguard.tool.sql.run.Piece;
import dev.stampguard.tool.sql.run.PieceScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Supabase's command line, found by {@code supabase/config.toml}. Facts: its {@code pkg/migration}.
 */
final class Supabase extends SqlFileTool {
  private static final String SETTINGS = "supabase/config.toml";
  private static final String SCHEMA = "supabase_migrations";
  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.sql");
  private static final String FIRST_THAT_COUNTS = "20211209000000";

  private static final LedgerShape SHAPE =
      LedgerShape.of(
          "version",
          List.of("version", "statements", "name"),
          "CREATE TABLE %1$s (version text NOT NULL PRIMARY KEY, statements text[], name text)");

  Supabase(ProjectLook look) {
    super(
        look,
        "supabase",
        "Supabase",
        "`" + SETTINGS + "`",
        "schema_migrations",
        ToolSupport.Checksums.NONE);
  }

  @Override
  public List<String> settingsFiles() {
    return List.of(SETTINGS);
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    boolean isUsed = said.isNamed(this) || look().isFile(project, project.resolve(SETTINGS));
    return said.migrations()
        .or(
            () ->
                Optional.of(project.resolve("supabase/migrations"))
                    .filter(directory -> look().isDirectory(project, directory)))
        .filter(directory -> isUsed)
        .map(
            directory ->
                new Place(
                    project,
                    directory,
                    new LedgerLocation(Optional.of(SCHEMA), "schema_migrations")));
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    for (Path file : ScriptFiles.list(place.directory())) {
      Matcher name = NAME.matcher(ScriptFiles.name(file));
      if (name.matches() && !isFromBefore(name)) {
        files.read(name.group(1), name.group(2).replace('_', ' '), file).ifPresent(migrations::add);
      }
    }
    return migrations;
  }

  /** What early versions wrote down as the beginning is not run. */
  private static boolean isFromBefore(Matcher name) {
    return name.group(2).equals("init")
        && name.group(1).length() == FIRST_THAT_COUNTS.length()
        && name.group(1).compareTo(FIRST_THAT_COUNTS) < 0;
  }

  /** Statements and the row go to the server as one batch, which is a transaction. */
  @Override
  PieceScript script(MigrationFile file) {
    return new PieceScript(Piece.each(file.text(), 1), PieceScript.Mode.WRAPPED);
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    return new RowLedger(SHAPE, () -> new Entries(Migrations.of(migrations)));
  }

  @Override
  List<String> schemas(Place place) {
    return List.of(SCHEMA);
  }

  private record Entries(Migrations migrations) implements LedgerEntries {
    @Override
    public List<String> order() {
      return migrations.order();
    }

    @Override
    public Said said(LedgerRow row) {
      return new Said(row.text("version"), Said.Kind.APPLIED);
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      MigrationFile file = migrations.get(revision);
      String statements =
          SqlStatement.withComments(file.text()).stream()
              .map(LedgerEntries::literal)
              .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
      String name =
          ScriptFiles.name(file.file())
              .substring(revision.length() + 1)
              .replaceFirst("\\.sql$", "");
      return Map.of(
          "version",
          LedgerEntries.literal(revision),
          "statements",
          statements,
          "name",
          LedgerEntries.literal(name));
    }

    /** Unless it is told {@code --include-all}. */
    @Override
    public boolean isLateRefused() {
      return true;
    }
  }
}
