package dev.stampguard.tool.django;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.django.replay.DjangoRun;
import dev.stampguard.tool.python.WordSearch;
import dev.stampguard.tool.python.driver.DriverLauncher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One project's use of Django. */
public final class DjangoProject implements MigrationProject {
  private final Path project;
  private final Path manage;
  private final List<AppFinder.App> apps;
  private final SettingsModule settings;
  private final Optional<LedgerLocation> ledger;
  private final Map<String, String> environment;
  private History history;
  private OtherApps others;

  /** Whether the scripts were read without anything that is known of others. */
  private boolean isAlone = true;

  DjangoProject(
      Path project,
      Path manage,
      List<AppFinder.App> apps,
      SettingsModule settings,
      Optional<LedgerLocation> ledger,
      Map<String, String> environment) {
    this.project = project;
    this.manage = manage;
    this.apps = List.copyOf(apps);
    this.settings = settings;
    this.ledger = ledger;
    this.environment = environment;
  }

  @Override
  public String tool() {
    return DjangoTool.NAME;
  }

  /** Of several apps the directory that holds them all. */
  @Override
  public String location() {
    return apps.size() == 1
        ? relative(apps.getFirst().migrations())
        : relative(manage.toAbsolutePath().getParent());
  }

  @Override
  public LedgerLocation ledgerLocation() {
    return ledger.orElseGet(() -> new LedgerLocation(Optional.empty(), DjangoLedger.TABLE));
  }

  @Override
  public MigrationProject withLedger(LedgerLocation location) {
    return new DjangoProject(project, manage, apps, settings, Optional.of(location), environment);
  }

  @Override
  public LedgerReader ledger() {
    return new LedgerReader(ledgerLocation(), book());
  }

  @Override
  public Optional<Premises> premises() {
    return Optional.of(
        new Premises(
            List.of(
                settings.userModel(),
                new TreeSet<>(settings.installed()).toString(),
                new TreeSet<>(settings.moved()).toString(),
                apps.toString(),
                others().toString()),
            Stream.concat(apps.stream(), others().apps().stream())
                .flatMap(app -> AppFinder.files(app.migrations()).stream())
                .toList()));
  }

  private DjangoLedger book() {
    return new DjangoLedger(this::history, this::others);
  }

  @Override
  public Optional<LedgerWriting> ledgerWriting() {
    return Optional.of(book());
  }

  @Override
  public Optional<ToolUrl> url() {
    return settings.url();
  }

  @Override
  public String running(String file) {
    return "operations of " + file;
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
  public Optional<NotAllowed> notAllowed(RunSettings run) {
    return run.projectEnvironment()
        ? Optional.empty()
        : Optional.of(
            new NotAllowed(
                "Django runs migrations only together with the project's settings, which are code, and `%s`, which allows that, was not given"
                    .formatted(NotAllowed.OPTION),
                "them with the project's settings"));
  }

  @Override
  public boolean isOutsideTransaction(
      String revision, RunSettings settings, Target database, QualifiedName table) {
    return scripts()
        .graph()
        .find(revision)
        .filter(
            known ->
                WordSearch.contains(
                    project.resolve(known.file()), "atomic", "=", "False", WordSearch.LINE_END))
        .isPresent();
  }

  /** There are no migrations without the settings that say which apps are installed. */
  private DriverLauncher launched(RunSettings run) {
    notAllowed(run)
        .ifPresent(
            missing -> {
              throw missing.refusing("repair");
            });
    return DriverLauncher.of(
        new DjangoRun(
            manage.toAbsolutePath().normalize(),
            List.copyOf(history().apps()),
            book(),
            ledgerLocation(),
            run),
        DjangoRun.WANTED);
  }

  /**
   * Of the project's own migrations what they say of their place is read with the rest of it; of
   * other apps' it need not be read again, nor be found here, where it is known.
   */
  @Override
  public synchronized Scripts scripts(KnownScripts known) {
    if (history == null
        || (isAlone && !others().missing().isEmpty() && !known.revisions().isEmpty())) {
      history = read(known);
      isAlone = known.revisions().isEmpty();
    }
    return history().scripts();
  }

  private synchronized History history() {
    if (history == null) {
      history = read(KnownScripts.NONE);
    }
    return history;
  }

  private History read(KnownScripts known) {
    return History.read(apps, others(), known, this::relative, settings.userModel());
  }

  /** Looked for when somebody asks for the migrations, and by names that are known. */
  private synchronized OtherApps others() {
    if (others == null) {
      Path root = manage.toAbsolutePath().normalize().getParent();
      Path top = project.toAbsolutePath().normalize();
      others =
          OtherApps.find(
              settings.installed(),
              root,
              apps.stream().map(AppFinder.App::label).collect(Collectors.toSet()),
              settings.moved(),
              SitePackages.of(root.equals(top) ? List.of(top) : List.of(top, root), environment));
    }
    return others;
  }

  @Override
  public Optional<String> unjudged() {
    Stream<String> unread = history().unread().stream();
    List<String> names =
        Stream.concat(history().unseen(others().missing()).stream(), unread)
            .sorted()
            .map("`%s`"::formatted)
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not judged: the migrations of %s; their scripts were not found, or cannot be read"
                .formatted(String.join(", ", names)));
  }

  private String relative(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    String relative =
        project.toAbsolutePath().normalize().relativize(absolute).toString().replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }
}
