package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.DatabasePolicy;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.SyncReport;
import dev.stampguard.report.SyncReport.Entry;
import dev.stampguard.report.TargetView;
import dev.stampguard.service.Examination;
import dev.stampguard.service.fleet.Crew;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which of the server's databases lag behind the newest migrations. */
@Command(
    name = "sync",
    description =
        "Say which databases of the server lag behind the newest migrations; exit 3 when one does.")
final class SyncCommand implements Callable<Integer> {
  private static final int PLACES = 8;

  private final Invocation invocation;

  @Mixin RunOptions common;
  @Mixin InspectionOptions options;

  @Option(
      names = "--databases",
      paramLabel = "GLOB",
      split = ",",
      description =
          "Look at those whose names fit (*, ?); repeatable (default: those that the policy of the"
              + " run allows and whose ledger holds a revision of these scripts).")
  List<String> databases;

  SyncCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    setup.requireTool();
    TargetResolution resolution = setup.resolveTarget();
    setup.warnBeside(resolution.warnings());
    SyncReport report = look(setup, resolution.target());
    setup.print(report);
    return report.exitCode().code();
  }

  private SyncReport look(Setup setup, Target target) {
    List<Target> members = members(setup, target);
    var first = new TargetResolution(target, List.of(), List.of(), Optional.empty());
    var judging = Judging.of(setup, options, Judging.Replays.ON_REQUEST, first);
    Function<Target, Judging> judges = judging.ofEach();
    var entries = new ArrayList<Entry>();
    try (ProgressLine progress = setup.progress()) {
      new Crew<>(members, PLACES, (Target member) -> look(setup, judges.apply(member)))
          .run(
              found -> found.ifPresent(entries::add),
              done -> progress.show("looked at %d of %d databases", done, members.size()));
    }
    if (entries.isEmpty()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "no database on that server has a ledger with a revision of these scripts",
          "name some with `--databases GLOB`");
    }
    return new SyncReport(
        TargetView.of(target, Optional.empty(), List.of()),
        judging.project().tool(),
        judging.project().location(),
        judging.project().scripts().graph().heads(),
        entries);
  }

  /** The target first: the others are beside it. */
  private List<Target> members(Setup setup, Target target) {
    Optional<DatabasePolicy> policy = setup.policy();
    List<String> globs = databases == null ? List.of("*") : databases;
    return new FleetMembers(invocation, setup)
        .onServer(target, globs).stream()
            .filter(
                member ->
                    databases != null || policy.isEmpty() || policy.get().allows(member.database()))
            .sorted(
                Comparator.comparing(
                    (Target member) -> !member.database().equals(target.database())))
            .toList();
  }

  /** Empty when nobody asked for this database and it is none of ours. */
  private Optional<Entry> look(Setup setup, Judging judging) {
    String name = judging.target().database();
    try {
      Examination examination = judging.examine();
      if (databases == null && !isOurs(examination)) {
        return Optional.empty();
      }
      return Optional.of(
          new Entry.Judged(
              name,
              judging.report(
                  DiagnosisReport.Command.CHECK, examination, Optional.empty(), Optional.empty()),
              examination.diagnosis().verdict() == Verdict.CONSISTENT));
    } catch (RuntimeException e) {
      StampguardException failure = FailureHandler.failure(e);
      if (databases != null) {
        return Optional.of(new Entry.Failed(name, failure));
      }
      if (setup.isVerbose()) {
        setup.warn("`%s` was left out: %s".formatted(name, failure.getMessage()));
      }
      return Optional.empty();
    }
  }

  /** A ledger that names one of these revisions was written by their tool. */
  private static boolean isOurs(Examination examination) {
    return examination.diagnosis().ledger().rows().stream()
        .anyMatch(row -> examination.graph().find(row).isPresent());
  }
}
