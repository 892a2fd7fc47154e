package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ColorMode;
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
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.Terminal;
import dev.stampguard.report.json.JsonRenderer;
import dev.stampguard.report.text.Printable;
import dev.stampguard.report.text.TextRenderer;
import dev.stampguard.service.KnownTools;
import dev.stampguard.service.LockPlace;
import dev.stampguard.service.Patience;
import dev.stampguard.service.ProjectFinder;
import dev.stampguard.service.ProjectFinder.Project;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetRequest;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.target.TargetResolver;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a command line, the configuration and the environment come to, and where output goes. */
final class Setup {
  private static final String DEFAULT_VARIABLE = "DATABASE_URL";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

  private final Invocation invocation;
  private final CommonOptions options;
  private final Project project;
  private final Configuration configuration;

  private Setup(
      Invocation invocation, CommonOptions options, Project project, Configuration configuration) {
    this.invocation = invocation;
    this.options = options;
    this.project = project;
    this.configuration = configuration;
  }

  /** Finds the project and reads its configuration; connects to nothing. */
  static Setup of(Invocation invocation, CommonOptions options) {
    var meant = new MeantTool(invocation.environment(), options.tool);
    Project project = project(invocation, options.project, meant);
    Configuration configuration = meant.configuration(project.directory());
    List<MigrationProject> tools =
        new Setup(invocation, options, project, configuration).toldByUrl();
    var setup =
        new Setup(
            invocation, options, project.with(withLedger(tools, configuration)), configuration);
    setup.requirePrintable();
    if (!options.quiet) {
      project.unread().forEach(setup::warn);
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

  private static Project project(Invocation invocation, Path named, MeantTool meant) {
    var finder = new ProjectFinder(KnownTools.all(invocation.environment()), meant::settings);
    return named == null
        ? finder.above(invocation.directory())
        : finder.in(invocation.directory().resolve(named).normalize());
  }

  /** Asked first: nobody wants to wait for an answer that cannot be given. */
  private void requirePrintable() {
    OutputFormat format = format();
    if (format == OutputFormat.TEXT || format == OutputFormat.JSON) {
      return;
    }
    String command = options.command.name();
    List<OutputFormat> printed = OutputFormat.of(command);
    if (!printed.contains(format)) {
      String where =
          options.output == null
              ? configuration.output().map(Setting::where).orElse("output")
              : "--output";
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be `%s` for `%s`".formatted(where, format, command),
          "it is one of " + OutputFormat.words(printed));
    }
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

  /** What to say where no migration tool was found. */
  static StampguardException noTool(Invocation invocation, Project project) {
    return noTool(
        project,
        null,
        new MeantTool(invocation.environment(), null).configuration(project.directory()));
  }

  private static StampguardException noTool(
      Project project, String named, Configuration configuration) {
    return KnownTools.notFound(
        project.directory(),
        Optional.ofNullable(named).or(() -> configuration.tool().map(Setting::value)));
  }

  /** The database the run uses. */
  TargetResolution resolveTarget() {
    return resolve(Optional.ofNullable(options.url));
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

  /** Tells what is odd, for output that does not say it itself. */
  void warnBeside(List<String> warnings) {
    if (format() != OutputFormat.TEXT && !options.quiet) {
      warnings.forEach(this::warn);
    }
  }

  /**
   * A database named on the command line or in the configuration: the target itself, a URL, or a
   * name on the target's server.
   */
  Target database(String text, String source) {
    if (text.contains("://") || text.contains("=")) {
      Target named = resolve(Optional.of(text)).target();
      return named.withDatabase(named.database(), source);
    }
    Target target = resolve(Optional.ofNullable(options.url)).target();
    return text.equals("target") ? target : target.withDatabase(text, source);
  }

  private TargetResolution resolve(Optional<String> url) {
    return new TargetResolver().resolve(targetRequest(url));
  }

  /** What the choice of the target depends on. */
  TargetRequest targetRequest() {
    return targetRequest(Optional.ofNullable(options.url));
  }

  private TargetRequest targetRequest(Optional<String> url) {
    return new TargetRequest(
        project.directory(),
        Optional.ofNullable(options.envFile)
            .map(invocation.directory()::resolve)
            .or(configuration::envFile),
        url,
        urlVariable(),
        invocation.environment(),
        invocation.home(),
        invocation.user(),
        tool().flatMap(MigrationProject::url));
  }

  /** The variable that holds the URL. */
  String urlVariable() {
    return Optional.ofNullable(options.urlVariable)
        .or(configuration::urlVariable)
        .orElse(DEFAULT_VARIABLE);
  }

  /** Tells a person how far a replay is; to be closed when it is over. */
  ProgressLine progress() {
    return new ProgressLine(invocation.err(), invocation.errIsTerminal() && !options.quiet);
  }

  Map<String, String> environment() {
    return invocation.environment();
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

  OutputFormat format() {
    return Optional.ofNullable(options.output)
        .or(() -> configuration.output().map(Setup::format))
        .orElse(OutputFormat.TEXT);
  }

  private static OutputFormat format(Setting setting) {
    return Arrays.stream(OutputFormat.values())
        .filter(format -> format.toString().equals(setting.value()))
        .findFirst()
        .orElseThrow(
            () ->
                new StampguardException(
                    ExitCode.USAGE,
                    "`%s` cannot be `%s`".formatted(setting.where(), setting.value()),
                    "it is one of " + OutputFormat.words(List.of(OutputFormat.values()))));
  }

  private ColorMode colorMode() {
    return Optional.ofNullable(options.color).or(configuration::color).orElse(ColorMode.AUTO);
  }

  /** Whether the command line itself names the database, so that no other source can mislead. */
  boolean isTargetNamed() {
    return options.url != null;
  }

  boolean isQuiet() {
    return options.quiet;
  }

  boolean isVerbose() {
    return options.verbose;
  }

  /** Prints a command's result in the form asked for, to standard output or the file named. */
  void print(Report report) {
    print(report, Outcome.SHOWN);
  }

  /** As {@link #print(Report)}, for a run whose end depends on what it found. */
  void print(Report report, Outcome outcome) {
    byte[] data =
        switch (format()) {
          case JSON -> json(report);
          case TEXT -> text(report);
          case GITHUB, SARIF, JUNIT, HTML, MERMAID, DOT, MARKDOWN ->
              OtherForms.render(format(), report, facts(outcome));
        };
    if (options.outputFile == null) {
      invocation.out().write(data, 0, data.length);
    } else {
      OutputFile.write(file(options.outputFile), data, "-o");
    }
  }

  private RunFacts facts(Outcome outcome) {
    return new RunFacts(
        Version.number(),
        outcome,
        Repository.pathOf(directory(), environment()),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Saves a report as JSON, whole or not at all. */
  void save(Path file, Report report) {
    OutputFile.write(file(file), json(report), "--save");
  }

  /** Shows a person what they are asked about. */
  void showPlan(Report report) {
    invocation
        .err()
        .print(new TextRenderer(TerminalDetection.of(invocation, colorMode())).render(report));
  }

  /** A file as it was named on the command line. */
  Path file(Path named) {
    return invocation.directory().resolve(named);
  }

  private static byte[] json(Report report) {
    var buffer = new ByteArrayOutputStream();
    try {
      new JsonRenderer(Version.number()).write(report, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  private byte[] text(Report report) {
    return textRenderer().render(report).getBytes(StandardCharsets.UTF_8);
  }

  /** For the output. A file is no terminal: colour goes there only when it is asked for. */
  TextRenderer textRenderer() {
    Terminal terminal = TerminalDetection.of(invocation, colorMode());
    if (options.outputFile != null && colorMode() == ColorMode.AUTO) {
      terminal = new Terminal(false, terminal.width(), terminal.unicode());
    }
    return new TextRenderer(terminal);
  }

  /** The file the output goes to; empty when it is standard output. */
  Optional<Path> outputFile() {
    return Optional.ofNullable(options.outputFile).map(this::file);
  }

  /**
   * Prints the gate's line on standard error, or with {@code -o} into the file, which is then empty
   * when there is nothing to say.
   */
  void printGate(Optional<Report> report) {
    if (options.outputFile != null) {
      OutputFile.write(file(options.outputFile), report.map(this::text).orElse(new byte[0]), "-o");
    } else if (!options.quiet) {
      report.ifPresent(this::printTalk);
    }
  }

  private void printTalk(Report report) {
    var terminal =
        new Terminal(
            TerminalDetection.isColored(invocation, colorMode(), invocation.errIsTerminal()),
            Integer.MAX_VALUE,
            false);
    invocation.err().print(new TextRenderer(terminal).render(report));
  }

  /** One line of talk. */
  void warn(String message) {
    invocation.err().println("stampguard: " + Printable.escape(message));
  }
}
