package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FleetLine;
import dev.stampguard.report.TargetView;
import dev.stampguard.service.Examination;
import dev.stampguard.service.fleet.Crew;
import dev.stampguard.service.fleet.SchemaLooks;
import dev.stampguard.service.fleet.Shard;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code check} of many databases, or of many schemas, in one run. */
final class FleetCheck {
  private static final int PLACES = 8;

  /** A reader of our output that has stopped reading must not keep Ctrl-C from ending us. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Invocation invocation;
  private final Setup setup;
  private final InspectionOptions options;
  private final GateOptions gate;
  private final FleetOptions fleet;
  private final Shard shard;

  private FleetCheck(
      Invocation invocation,
      Setup setup,
      InspectionOptions options,
      GateOptions gate,
      FleetOptions fleet,
      Shard shard) {
    this.invocation = invocation;
    this.setup = setup;
    this.options = options;
    this.gate = gate;
    this.fleet = fleet;
    this.shard = shard;
  }

  /**
   * Takes the options.
   *
   * @throws StampguardException (usage) when they do not go together
   */
  static FleetCheck of(
      Invocation invocation,
      Setup setup,
      InspectionOptions options,
      GateOptions gate,
      FleetOptions fleet) {
    if (new ReplaySetup(setup, options.replay).isAsked()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--scratch` replays the scripts for one database, and many are to be checked",
          "write a lock file with `stampguard snapshot`: it is read once for all of them");
    }
    if (setup.format() != OutputFormat.TEXT && setup.format() != OutputFormat.JSON) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is the form of an answer about one database, and many are to be checked"
              .formatted(setup.format()),
          "`--output text` or `--output json` print a line for each");
    }
    Shard shard =
        Optional.ofNullable(fleet.shard)
            .map(text -> Shard.parse(text, "--shard"))
            .or(() -> Shard.of(invocation.environment()))
            .orElse(Shard.whole());
    return new FleetCheck(invocation, setup, options, gate, fleet, shard);
  }

  /** One of them, and how lines call it. */
  private record Member(String name, Target target) {}

  /** Checks this share of them; returns the heaviest exit code. */
  ExitCode run() {
    setup.requireTool();
    var members = new FleetMembers(invocation, setup);
    if (fleet.targets != null) {
      return check(
          members.ofFile(fleet.targets).stream()
              .map(target -> new Member(target.describe(), target))
              .toList());
    }
    TargetResolution resolution = setup.resolveTarget();
    setup.warnBeside(resolution.warnings());
    if (fleet.schemas != null) {
      return checkSchemas(resolution);
    }
    if (!setup.isTargetNamed() && !setup.isQuiet()) {
      // The server may be another one than was meant; of one database it would be a finding.
      resolution.disagreement().map(Judging::doubt).map(TargetDoubt::detail).ifPresent(setup::warn);
    }
    return check(
        members.onServer(resolution.target(), fleet.databases).stream()
            .map(target -> new Member(target.database(), target))
            .toList());
  }

  private ExitCode check(List<Member> all) {
    var first =
        new TargetResolution(all.getFirst().target(), List.of(), List.of(), Optional.empty());
    Function<Target, Judging> judging =
        Judging.of(setup, options, Judging.Replays.ON_REQUEST, first).ofEach();
    List<Member> members = all.stream().filter(member -> shard.holds(member.name())).toList();
    var crew = new Crew<>(members, places(), (Member member) -> look(judging, member));
    return run(crew, "database", members.stream().map(Member::name).toList());
  }

  private ExitCode checkSchemas(TargetResolution resolution) {
    var judging = Judging.of(setup, options, Judging.Replays.ON_REQUEST, resolution);
    try (PostgresConnection connection =
        setup.patience().attempt(() -> setup.connector().open(resolution.target()))) {
      var looks =
          new SchemaLooks(
              connection,
              judging.project(),
              judging.examination().source(),
              name -> FleetOptions.fits(name, fleet.schemas));
      List<String> all = setup.patience().attempt(looks::schemas);
      if (all.isEmpty()) {
        throw FleetMembers.nothingFits(
            "schema of `%s`".formatted(resolution.target().database()), "--schemas", fleet.schemas);
      }
      List<String> schemas = all.stream().filter(shard::holds).toList();
      String version = connection.serverVersion();
      var crew = new Crew<>(schemas, places(), (String s) -> look(judging, looks, s, version));
      return run(crew, "schema", schemas);
    }
  }

  private FleetLine look(Judging judging, SchemaLooks looks, String schema, String version) {
    try {
      return judged(schema, judging, List.of(judging.examine(looks, schema, version)));
    } catch (RuntimeException e) {
      return failed(schema, judging.target(), Optional.of(schema), e);
    }
  }

  private int places() {
    return fleet.parallel == null ? PLACES : fleet.parallel;
  }

  /** Nothing that is wrong with one of them ends the run. */
  private FleetLine look(Function<Target, Judging> judging, Member member) {
    try {
      Judging there = judging.apply(member.target());
      return judged(member.name(), there, there.examineAll());
    } catch (RuntimeException e) {
      return failed(member.name(), member.target(), Optional.empty(), e);
    }
  }

  private FleetLine judged(String name, Judging judging, List<Examination> all) {
    DiagnosisReport report =
        all.size() == 1
            ? judging.report(
                DiagnosisReport.Command.CHECK, all.getFirst(), Optional.empty(), Optional.empty())
            : judging.report(DiagnosisReport.Command.CHECK, all);
    return new FleetLine.Judged(name, report, new Gate(setup, gate).outcome(report).exitCode());
  }

  private static FleetLine failed(
      String name, Target target, Optional<String> schema, RuntimeException failure) {
    return new FleetLine.Failed(
        name,
        TargetView.of(target, Optional.empty(), List.of()),
        schema,
        FailureHandler.failure(failure));
  }

  private <T> ExitCode run(Crew<T, FleetLine> crew, String noun, List<String> names) {
    try (ProgressLine progress = setup.progress()) {
      var printer =
          new FleetPrinter(
              setup,
              progress,
              invocation.out(),
              noun,
              names,
              shard.count() == 1 ? Optional.empty() : Optional.of(shard.toString()));
      // Ctrl-C runs no finally.
      var atExit =
          new Thread(
              () -> {
                if (crew.stop(LAST_WORDS, printer::print)) {
                  printer.interrupted();
                }
              },
              "stampguard-fleet-end");
      Runtime.getRuntime().addShutdownHook(atExit);
      boolean isWhole = false;
      try {
        isWhole = crew.run(printer::print, printer::progress);
      } finally {
        isWhole = forget(atExit) && isWhole;
      }
      return isWhole ? printer.end() : ExitCode.INTERRUPTED;
    }
  }

  /** Whether the process goes on. */
  private static boolean forget(Thread atExit) {
    try {
      return Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return false; // already on its way
    }
  }
}
