package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.target.TracedText;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drizzle, found by {@code drizzle.config.*} or the journal beside its migrations; since version 1
 * there is no journal, and each migration has a folder. Facts: its {@code
 * drizzle-orm/src/migrator.ts} and {@code pg-core/dialect.ts}, of version 1 also {@code
 * migrator.utils.ts}, {@code up-migrations/pg.ts} and {@code pg-core/async/session.ts}.
 */
final class Drizzle extends SqlFileTool {
  private static final List<String> SETTINGS =
      List.of(
          "drizzle.config.ts",
          "drizzle.config.js",
          "drizzle.config.mjs",
          "drizzle.config.mts",
          "drizzle.config.cjs",
          "drizzle.config.json");

  private static final String JOURNAL = "meta/_journal.json";
  private static final String BREAKPOINT = "--> statement-breakpoint";
  private static final String SCHEMA = "drizzle";
  private static final String TABLE = "__drizzle_migrations";

  private static final Pattern OUT = setting("out");
  private static final Pattern URL = Pattern.compile("\\burl\"?\\s*:\\s*['\"`](postgres[^'\"`]+)");
  private static final Pattern LEDGER = Pattern.compile("\\bmigrations\"?\\s*:\\s*\\{([^}]*)}");
  private static final Pattern LEDGER_TABLE = setting("table");
  private static final Pattern LEDGER_SCHEMA = setting("schema");

  /** What is in braces in a comment or after {@code process.env} is no text. */
  private static Pattern setting(String key) {
    return Pattern.compile("\\b" + key + "\"?\\s*:\\s*['\"`]([^'\"`$]+)['\"`]");
  }

  private static final LedgerShape SHAPE =
      new LedgerShape(
          List.of("id", "hash", "created_at"),
          "hash",
          "id",
          "created_at, id",
          Optional.of("id"),
          "CREATE TABLE %s (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)"
              ::formatted,
          Optional.empty(),
          List.of());

  /** Version 1 adds columns to a table that is there, and goes by the name. */
  private static final List<String> FURTHER = List.of("name", "applied_at");

  private static final LedgerShape WITH_JOURNAL = SHAPE.withFurther(FURTHER, SHAPE.create());

  private static final LedgerShape WITH_FOLDERS =
      SHAPE.withFurther(
          FURTHER,
          "CREATE TABLE %s (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint, name text, applied_at timestamp with time zone DEFAULT now())"
              ::formatted);

  private static final Pattern OTHER_DIALECT =
      Pattern.compile("\\bdialect\"?\\s*:\\s*['\"`](?!postgres)");

  Drizzle(ProjectLook look) {
    super(
        look,
        "drizzle",
        "Drizzle",
        "`drizzle.config.ts`",
        "__drizzle_migrations",
        ToolSupport.Checksums.COMPARED);
  }

  @Override
  public List<String> settingsFiles() {
    return SETTINGS;
  }

  @Override
  Optional<Place> find(Path project, ToolSettings said) {
    String settings =
        SETTINGS.stream()
            .flatMap(name -> look().text(project, name).stream())
            .findFirst()
            .orElse("");
    Path written = project.resolve(value(OUT, settings).orElse(SCHEMA)).normalize();
    return Optional.of(said.migrations().orElse(written))
        .filter(
            directory ->
                look()
                    .text(project, directory.resolve(JOURNAL))
                    .map(DrizzleJournal::isForPostgres)
                    .orElseGet(
                        () ->
                            (said.isNamed(this) || !settings.isEmpty())
                                && !OTHER_DIALECT.matcher(settings).find()
                                && !DrizzleJournal.folders(directory).isEmpty()))
        .map(directory -> new Place(project, directory, ledger(settings), url(project, settings)));
  }

  private static Optional<String> value(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static LedgerLocation ledger(String settings) {
    String own = value(LEDGER, settings).orElse("");
    return new LedgerLocation(
        Optional.of(value(LEDGER_SCHEMA, own).orElse(SCHEMA)),
        value(LEDGER_TABLE, own).orElse(TABLE));
  }

  private Optional<ToolUrl> url(Path project, String settings) {
    String file =
        SETTINGS.stream()
            .filter(name -> look().text(project, name).isPresent())
            .findFirst()
            .orElse("");
    return value(URL, settings)
        .filter(url -> !url.contains("${"))
        .map(
            url -> {
              String source = file + " dbCredentials.url";
              return new ToolUrl(TracedText.elsewhere(url, source), source, Optional.empty());
            });
  }

  private static boolean hasJournal(Place place) {
    return Files.isRegularFile(place.directory().resolve(JOURNAL));
  }

  private static List<DrizzleJournal.Entry> entries(Place place) {
    return ScriptFiles.settings(place.directory().resolve(JOURNAL))
        .map(DrizzleJournal::entries)
        .orElseGet(() -> DrizzleJournal.folders(place.directory()));
  }

  @Override
  List<MigrationFile> migrations(Place place, ScriptFiles files) {
    var migrations = new ArrayList<MigrationFile>();
    boolean hasJournal = hasJournal(place);
    for (DrizzleJournal.Entry entry : entries(place)) {
      files
          .read(
              entry.tag(),
              entry.tag().replaceFirst("^[0-9]+_", "").replace('_', ' '),
              hasJournal
                  ? place.directory().resolve(entry.tag() + ".sql")
                  : place.directory().resolve(entry.tag()).resolve(DrizzleJournal.SCRIPT))
          .ifPresent(migrations::add);
    }
    return migrations;
  }

  /** All that is pending runs in one transaction. */
  @Override
  PieceScript script(MigrationFile file) {
    var pieces = new ArrayList<Piece>();
    int line = 1;
    for (String part : file.text().split(Pattern.quote(BREAKPOINT), -1)) {
      if (!part.isBlank()) {
        int blank = part.length() - part.stripLeading().length();
        pieces.add(new Piece(part.strip(), line + lines(part.substring(0, blank))));
      }
      line += lines(part);
    }
    return new PieceScript(pieces, PieceScript.Mode.WRAPPED);
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  /** The journal is beside the scripts, wherever they are. */
  @Override
  List<String> facts(Place place) {
    return List.of(Boolean.toString(hasJournal(place)), entries(place).toString());
  }

  @Override
  List<Path> files(Place place) {
    return List.of(place.directory().resolve(JOURNAL));
  }

  @Override
  LedgerBook ledger(Place place, List<MigrationFile> migrations) {
    var moments = new HashMap<String, Long>();
    entries(place).forEach(entry -> moments.put(entry.tag(), entry.when()));
    boolean hasJournal = hasJournal(place);
    return new RowLedger(
        hasJournal ? WITH_JOURNAL : WITH_FOLDERS,
        () -> new Entries(Migrations.of(migrations), moments, hasJournal));
  }

  @Override
  List<String> schemas(Place place) {
    return place.ledger().schema().stream().toList();
  }

  /**
   * With a journal it looks at the newest of the rows only: what the journal says came before that
   * is never run. Without one it runs whatever has no row of its name.
   *
   * @param moments what the journal, or else a folder's name says, by migration
   */
  private record Entries(Migrations migrations, Map<String, Long> moments, boolean hasJournal)
      implements LedgerEntries {
    @Override
    public List<String> order() {
      return migrations.order();
    }

    private static String hash(MigrationFile file) {
      return Hashes.sha256(file.text());
    }

    @Override
    public Said said(LedgerRow row) {
      Optional<MigrationFile> dated =
          Optional.ofNullable(row.text("name"))
              .flatMap(migrations::find)
              .or(
                  () ->
                      migrations.byId().values().stream()
                          .filter(file -> isOf(file, row))
                          .findFirst());
      if (dated.isPresent()) {
        boolean isSame = hash(dated.get()).equals(row.text("hash"));
        return new Said(dated.get().id(), isSame ? Said.Kind.APPLIED : Said.Kind.EDITED);
      }
      return migrations.byId().values().stream()
          .filter(file -> hash(file).equals(row.text("hash")))
          .findFirst()
          .map(file -> new Said(file.id(), Said.Kind.APPLIED))
          .orElseGet(() -> new Said(String.valueOf(row.text("created_at")), Said.Kind.APPLIED));
    }

    /** A journal's moments have milliseconds, which a folder's name has not any more. */
    private boolean isOf(MigrationFile file, LedgerRow row) {
      String moment = moments.get(file.id()).toString();
      String written = row.text("created_at");
      return moment.equals(written)
          || (!hasJournal && written != null && moment.equals(written.replaceFirst("...$", "000")));
    }

    @Override
    public Map<String, String> values(QualifiedName table, String revision) {
      return Map.of(
          "hash",
          LedgerEntries.literal(hash(migrations.get(revision))),
          "created_at",
          moments.get(revision).toString(),
          "name",
          LedgerEntries.literal(revision),
          "applied_at",
          "now()");
    }

    @Override
    public Map<String, String> corrected(String revision) {
      return Map.of("hash", LedgerEntries.literal(hash(migrations.get(revision))));
    }

    @Override
    public boolean isLateRefused() {
      return hasJournal;
    }

    @Override
    public Set<String> late(Set<String> recorded, List<LedgerRow> rows) {
      if (!hasJournal) {
        return Set.of();
      }
      long newest =
          rows.stream()
              .filter(row -> !row.isNull("created_at"))
              .mapToLong(row -> Long.parseLong(row.text("created_at")))
              .max()
              .orElse(Long.MIN_VALUE);
      var late = new TreeSet<String>();
      order().stream()
          .filter(id -> !recorded.contains(id) && moments.get(id) <= newest)
          .forEach(late::add);
      return late;
    }
  }
}
