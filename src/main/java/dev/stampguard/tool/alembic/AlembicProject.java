package dev.stampguard.tool.alembic;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.alembic.replay.SettingsFiles;
import dev.stampguard.tool.python.WordSearch;
import dev.stampguard.tool.python.driver.DriverLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One project's use of Alembic. */
public final class AlembicProject implements MigrationProject {
  /** What Alembic takes for a revision script ({@code _only_source_rev_file}). */
  private static final Pattern SCRIPT = Pattern.compile("(?!\\.#|__init__).*\\.py");

  private final Path project;
  private final Path scripts;
  private final List<Path> versions;
  private final AlembicSettings settings;
  private final LedgerLocation ledger;
  private Scripts read;

  AlembicProject(
      Path project,
      Path scripts,
      List<Path> versions,
      AlembicSettings settings,
      LedgerLocation ledger) {
    this.project = project;
    this.scripts = scripts;
    this.versions = List.copyOf(versions);
    this.settings = settings;
    this.ledger = ledger;
  }

  @Override
  public Optional<Premises> premises() {
    return Optional.of(new Premises(List.of(versions.toString()), List.copyOf(files())));
  }

  @Override
  public String tool() {
    return AlembicTool.NAME;
  }

  @Override
  public String location() {
    return relative(scripts);
  }

  @Override
  public LedgerLocation ledgerLocation() {
    return ledger;
  }

  /** Where Alembic's settings are: what Alembic itself must be run with. */
  public SettingsFiles settingsFiles() {
    return settings.files();
  }

  @Override
  public MigrationProject withLedger(LedgerLocation location) {
    return new AlembicProject(project, scripts, versions, settings, location);
  }

  @Override
  public LedgerReader ledger() {
    return AlembicRun.reader(ledger);
  }

  @Override
  public Optional<ToolUrl> url() {
    return settings.url();
  }

  @Override
  public String running(String file) {
    return "upgrade() of " + file;
  }

  @Override
  public RevisionLauncher launcher(RunSettings run) {
    return launched(run);
  }

  @Override
  public ChangeLauncher changer(RunSettings run) {
    return launched(run);
  }

  @Override
  public boolean isOutsideTransaction(
      String revision, RunSettings settings, Target database, QualifiedName table) {
    return scripts()
        .graph()
        .find(revision)
        .filter(
            known -> WordSearch.contains(project.resolve(known.file()), "autocommit_block", "("))
        .isPresent();
  }

  private DriverLauncher launched(RunSettings run) {
    return DriverLauncher.of(new AlembicRun(settings.files(), ledger, run), AlembicRun.WANTED);
  }

  @Override
  public synchronized Scripts scripts(KnownScripts known) {
    if (read == null) {
      var files = new LinkedHashMap<String, Path>();
      files().forEach(file -> files.put(relative(file), file));
      read = ScriptReader.read(files, known);
    }
    return read;
  }

  /** Every script, by name; one that two locations reach counts once. */
  private Set<Path> files() {
    boolean recursive = settings.flag("recursive_version_locations");
    var files = new TreeSet<Path>();
    for (Path directory : versions) {
      // A directory that is a link is one, too.
      try (Stream<Path> entries = recursive ? Files.walk(directory) : Files.list(directory)) {
        entries
            .filter(file -> SCRIPT.matcher(file.getFileName().toString()).matches())
            .filter(file -> !file.getParent().endsWith("__pycache__"))
            .filter(Files::isRegularFile)
            .forEach(files::add);
      } catch (IOException e) {
        throw new StampguardException(
            ExitCode.USAGE,
            "the directory `%s` cannot be read".formatted(relative(directory)),
            "check its permissions");
      }
    }
    return files;
  }

  private String relative(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path root = project.toAbsolutePath().normalize();
    return root.relativize(absolute).toString().replace('\\', '/');
  }
}
