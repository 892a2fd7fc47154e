package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Configuration;
import dev.stampguard.config.DatabasePolicy;
import dev.stampguard.config.Durations;
import dev.stampguard.config.Setting;
import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.report.Outcome;
import dev.stampguard.report.Report;
import dev.stampguard.service.KnownTools;
import dev.stampguard.service.LockPlace;
import dev.stampguard.service.Patience;
import dev.stampguard.service.ProjectFinder;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetRequest;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a command line, the configuration and the environment come to. */
final class Setup {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

  private final Invocation invocation;
  private final CommonOptions options;
  private final Project project;
  private final Configuration configuration;
  private final TargetChoice choice;
  private final Output output;

  private final Instant start;

  private Setup(
      Invocation invocation,
      CommonOptions options,
      Project project,
      Configuration configuration,
      Instant start) {
    this.start = start;
    this.invocation = invocation;
    this.options = options;
    this.project = project;
    this.configuration = configuration;
    this.choice = new TargetChoice(invocation, options, configuration, project);
    this.output = new Output(invocation, options, configuration, project.directory());
  }

  /** Before anything was read, by this machine's clock. */
  Instant start() {
    return start;
  }

  /** Finds the project and reads its configuration; connects to nothing. */
  static Setup of(Invocation invocation, CommonOptions options) {
    Instant start = Instant.now();
    var meant = new MeantTool(invocation.environment(), options.tool);
    Project project = project(invocation, options.project, meant);
    Configuration configuration = meant.configuration(project.configuredIn());
    List<MigrationProject> tools =
        new Setup(invocation, options, project, configuration, start).toldByUrl();
    var setup =
        new Setup(
            invocation,
            options,
            project.with(withLedger(tools, configuration)),
            configuration,
            start);
    setup.output.requirePrintable();
    if (!options.quiet) {
      project.unread().forEach(setup::warn);
    }
    if (options.verbose) {
      setup.below().ifPresent(below -> setup.warn("the project is `%s`".formatted(below)));
    }
    setup.policy(); // a misspelled run must not go unnoticed
    return setup;
  }

  /**
   * The project that is meant.
   *
   * @param named {@code null} when the nearest one above the working directory is
   */
  static Project project(Invocation invocation, Path named) {
    return project(invocation, named, new MeantTool(invocation.environment(), null));
  }

  /** The project in this very directory, whatever is below it. */
  static Project projectAt(Invocation invocation, Path directory) {
    return finder(invocation, new MeantTool(invocation.environment(), null))
        .at(directory.normalize());
  }

  private static Project project(Invocation invocation, Path named, MeantTool meant) {
    ProjectFinder finder = finder(invocation, meant);
    return named == null
        ? finder.above(invocation.directory())
        : finder.in(invocation.directory().resolve(named).normalize());
  }

  private static ProjectFinder finder(Invocation invocation, MeantTool meant) {
    return new ProjectFinder(KnownTools.all(invocation.environment()), meant::settings);
  }

  /** The tools as they are with the target's URL, which is looked for only where one reads it. */
  private List<MigrationProject> toldByUrl() {
    if (tools().stream().noneMatch(MigrationProject::readsUrl)) {
      return tools();
    }
    Map<String, String> url;
    try {
      url = resolveTarget().foreign();
    } catch (StampguardException e) {
      return tools(); // Whoever needs a target tells.
    }
    return tools().stream().map(tool -> tool.toldBy(url)).toList();
  }

  /** What the configuration says about the ledger is said of one tool. */
  private static List<MigrationProject> withLedger(
      List<MigrationProject> tools, Configuration configuration) {
    return IntStream.range(0, tools.size())
        .mapToObj(i -> i == 0 ? withLedger(tools.get(i), configuration) : tools.get(i))
        .toList();
  }

  private static MigrationProject withLedger(MigrationProject tool, Configuration configuration) {
    LedgerLocation found = tool.ledgerLocation();
    var configured =
        new LedgerLocation(
            configuration.versionTableSchema().or(found::schema),
            configuration.versionTable().orElse(found.table()),
            configuration.versionTable().isPresent() ? Optional.empty() : found.computedAt());
    return configured.equals(found) ? tool : tool.withLedger(configured);
  }

  Configuration configuration() {
    return configuration;
  }

  Optional<MigrationProject> tool() {
    return project.tool();
  }

  /** All tools that the run is about, the first one first. */
  List<MigrationProject> tools() {
    return project.tools();
  }

  /** The project's tools that the run is not about. */
  List<MigrationProject> toolsBeside() {
    return project.all().stream()
        .filter(other -> tools().stream().noneMatch(tool -> tool.tool().equals(other.tool())))
        .toList();
  }

  /** The lock file of one of the project's tools, whether it is there or not. */
  Path lockFile(MigrationProject tool) {
    return LockPlace.of(project.directory(), tool, project.all());
  }

  /**
   * The migration tool's project with a ledger that is known.
   *
   * @throws StampguardException (usage) when there is no project, or its ledger cannot be known
   */
  MigrationProject requireTool() {
    MigrationProject found = requireProject();
    Optional<String> computed = found.ledgerLocation().computedAt();
    if (computed.isPresent()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` computes the name of the version table, which only running it would tell"
              .formatted(computed.get()),
          "say it in `stampguard.properties`: version-table=" + found.ledgerLocation().table());
    }
    return found;
  }

  /**
   * The migration tool's project, for commands that ask no ledger.
   *
   * @throws StampguardException (usage) when there is none
   */
  MigrationProject requireProject() {
    return tool().orElseThrow(() -> noTool(project, options.tool, configuration));
  }

  /**
   * Where there are several projects, which database is meant depends on which of them is.
   *
   * @throws StampguardException (usage) naming them
   */
  void requireChosen() {
    if (!project.below().isEmpty()) {
      requireProject();
    }
  }

  /** What to say where no migration tool was found. */
  static StampguardException noTool(Invocation invocation, Project project) {
    return noTool(
        project,
        null,
        new MeantTool(invocation.environment(), null).configuration(project.configuredIn()));
  }

  private static StampguardException noTool(
      Project project, String named, Configuration configuration) {
    return KnownTools.notFound(
        project, Optional.ofNullable(named).or(() -> configuration.tool().map(Setting::value)));
  }

  /** The database the run uses. */
  TargetResolution resolveTarget() {
    return choice.resolveTarget();
  }

  /** As {@link TargetChoice#database}. */
  Target database(String text, String source) {
    return choice.database(text, source);
  }

  /** What the choice of the target depends on. */
  TargetRequest targetRequest() {
    return choice.targetRequest();
  }

  /** The variable that holds the URL. */
  String urlVariable() {
    return choice.urlVariable();
  }

  /**
   * Keeps a command from changing a database that the project does not allow.
   *
   * @throws StampguardException (refused) naming the place of the policy
   */
  void requireAllowed(String database) {
    Optional<DatabasePolicy> policy = policy();
    if (policy.filter(rule -> !rule.allows(database)).isPresent()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` forbids `%s`".formatted(policy.get().where(), database),
          "name a database that fits `%s`".formatted(policy.get().patterns()));
    }
  }

  /** Which databases this run may use; empty when all. */
  Optional<DatabasePolicy> policy() {
    return configuration.policy(options.run());
  }

  /** The project relative to where it was looked for, when it was found further down. */
  Optional<Path> below() {
    return tool().flatMap(tool -> project.root()).map(root -> root.relativize(project.directory()));
  }

  /** Where a tool's scripts are, relative to where the project was looked for. */
  String location(MigrationProject tool) {
    return below().map(below -> below.resolve(tool.location()).toString()).orElse(tool.location());
  }

  Map<String, String> environment() {
    return invocation.environment();
  }

  /**
   * Where this program may keep what it can do without; empty for users without a home, who are to
   * find nothing left behind.
   */
  Optional<Path> cacheDirectory() {
    return Optional.ofNullable(invocation.environment().get("XDG_CACHE_HOME"))
        .filter(named -> !named.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(
            () ->
                Optional.of(invocation.home())
                    .filter(Files::isDirectory)
                    .map(home -> home.resolve(".cache")))
        .map(caches -> caches.resolve("stampguard"));
  }

  /** The project's settings, whether there is such a file or not. */
  Path configurationFile() {
    return project.configuredIn().resolve(Configuration.FILE_NAME);
  }

  /** The project's directory, absolute. */
  Path directory() {
    return project.directory();
  }

  PostgresConnector connector() {
    return new PostgresConnector(
        new ConnectTimeout(
            timeout(options.connectTimeout, "--connect-timeout")
                .or(configuration::connectTimeout)
                .orElse(CONNECT_TIMEOUT)),
        new StatementTimeout(
            timeout(options.statementTimeout, "--statement-timeout")
                .or(configuration::statementTimeout)
                .orElse(STATEMENT_TIMEOUT)),
        new LockTimeout(LOCK_TIMEOUT));
  }

  Patience patience() {
    return new Patience(
        options.wait == null ? Duration.ZERO : Durations.parse(options.wait, "--wait"),
        obstacle -> {
          if (!options.quiet) {
            warn("waiting: " + obstacle.getMessage());
          }
        });
  }

  private static Optional<Duration> timeout(String text, String option) {
    return Optional.ofNullable(text).map(value -> Durations.parsePositive(value, option));
  }

  /** Where output goes. */
  Output output() {
    return output;
  }

  OutputFormat format() {
    return output.format();
  }

  /** As {@link Output#print(Report)}. */
  void print(Report report) {
    output.print(report);
  }

  /** As {@link Output#print(Report, Outcome)}. */
  void print(Report report, Outcome outcome) {
    output.print(report, outcome);
  }

  /** One line of talk. */
  void warn(String message) {
    output.warn(message);
  }

  /** As {@link Output#hint}. */
  void hint(String hint) {
    output.hint(hint);
  }

  /** As {@link Output#warnBeside}. */
  void warnBeside(List<String> warnings) {
    output.warnBeside(warnings);
  }

  /** As {@link Output#progress}. */
  ProgressLine progress() {
    return output.progress();
  }

  /** Whether the command line itself names the database, so that no other source can mislead. */
  boolean isTargetNamed() {
    return options.url != null;
  }

  /** Whether a run that finds nothing prints nothing, neither here nor into a file. */
  boolean isSilentWhenHealthy() {
    return format() == OutputFormat.TEXT && options.outputFile == null && !options.verbose;
  }

  boolean isQuiet() {
    return options.quiet;
  }

  boolean isVerbose() {
    return options.verbose;
  }
}
