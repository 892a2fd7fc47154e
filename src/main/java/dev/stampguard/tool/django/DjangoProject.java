package dev.stampguard.tool.django;

import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.ChangeLauncher;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.LedgerReader;
import dev.stampguard.tool.LedgerWriting;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.RevisionLauncher;
import dev.stampguard.tool.RunSettings;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.django.replay.DjangoRun;
import dev.stampguard.tool.python.driver.DriverLauncher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One project's use of Django. */
public final class DjangoProject implements MigrationProject {
  private final Path project;
  private final Path manage;
  private final List<AppFinder.App> apps;
  private final SettingsModule settings;
  private final Optional<LedgerLocation> ledger;
  private History history;

  DjangoProject(
      Path project,
      Path manage,
      List<AppFinder.App> apps,
      SettingsModule settings,
      Optional<LedgerLocation> ledger) {
    this.project = project;
    this.manage = manage;
    this.apps = List.copyOf(apps);
    this.settings = settings;
    this.ledger = ledger;
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
    return new DjangoProject(project, manage, apps, settings, Optional.of(location));
  }

  @Override
  public LedgerReader ledger() {
    return new LedgerReader(ledgerLocation(), book());
  }

  private DjangoLedger book() {
    return new DjangoLedger(this::history);
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

  /** What a migration says of its place is read with the rest of it. */
  @Override
  public Scripts scripts(KnownScripts unneeded) {
    return history().scripts();
  }

  private synchronized History history() {
    if (history == null) {
      history = History.read(apps, this::relative, settings.userModel());
    }
    return history;
  }

  private String relative(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    String relative =
        project.toAbsolutePath().normalize().relativize(absolute).toString().replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }
}
