package dev.stampguard.cli;

import dev.stampguard.config.DatabasePolicy;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.SyncReport;
import dev.stampguard.report.SyncReport.Entry;
import dev.stampguard.report.TargetView;
import dev.stampguard.service.Examination;
import dev.stampguard.service.backup.SwapBack;
import dev.stampguard.service.fleet.Crew;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
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
          "Look at those whose names fit (*, ?); repeatable (default: the target, and those that the"
              + " policy of the run allows and whose ledger holds a revision of these scripts).")
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
    var gate = new Gate(setup, new GateOptions());
    var entries = new ArrayList<Entry>();
    var leftOut = new ArrayList<Entry.Failed>();
    var unused = new UnusedRules();
    try (ProgressLine progress = setup.progress()) {
      new Crew<>(members, PLACES, (Target member) -> look(judges.apply(member), gate))
          .run(
              found -> {
                boolean isWanted = databases != null || found.name().equals(target.database());
                switch (found) {
                  case Entry.Judged judged -> {
                    if (isWanted || isOurs(judged.report().diagnosis())) {
                      entries.add(judged);
                      unused.add(judged.report().diagnosis());
                    }
                  }
                  case Entry.Failed failed -> {
                    if (isWanted) {
                      entries.add(failed);
                    } else {
                      leftOut.add(failed);
                    }
                  }
                }
              },
              done -> progress.show("looked at %s of %s databases", done, members.size()));
    }
    warn(setup, leftOut);
    unused.places().forEach(place -> AcceptedRemarks.ofUnused(setup, place));
    return new SyncReport(
        TargetView.of(target, Optional.empty(), List.of()),
        judging.project().tool(),
        setup.location(judging.project()),
        judging.project().scripts().graph().heads(),
        entries);
  }

  /** Whose they are, nobody knows who may not look. */
  private static void warn(Setup setup, List<Entry.Failed> leftOut) {
    if (leftOut.isEmpty() || setup.isQuiet()) {
      return;
    }
    if (setup.isVerbose()) {
      leftOut.forEach(
          failed ->
              setup.warn(
                  "`%s` was left out: %s".formatted(failed.name(), failed.failure().getMessage())));
    } else {
      setup.warn(
          "%s could not be looked at; `-v` says which, and why"
              .formatted(Words.count(leftOut.size(), "other database")));
    }
  }

  /**
   * The target first, whatever is true of it: the others are beside it. A database that a repair
   * replaced lags for ever, and nobody minds.
   */
  private List<Target> members(Setup setup, Target target) {
    Optional<DatabasePolicy> policy = setup.policy();
    List<String> globs = databases == null ? List.of("*") : databases;
    List<Target> found = new FleetMembers(invocation, setup).onServer(target, globs);
    if (databases != null) {
      return found.stream().sorted(targetFirst(target)).toList();
    }
    return Stream.concat(
            Stream.of(target),
            found.stream()
                .filter(member -> !member.database().equals(target.database()))
                .filter(member -> !SwapBack.isKeptName(member.database()))
                .filter(member -> policy.isEmpty() || policy.get().allows(member.database())))
        .toList();
  }

  private static Comparator<Target> targetFirst(Target target) {
    return Comparator.comparing(member -> !member.database().equals(target.database()));
  }

  private static Entry look(Judging judging, Gate gate) {
    String name = judging.target().database();
    try {
      Examination examination = judging.examine();
      return new Entry.Judged(
          name,
          judging.report(
              DiagnosisReport.Command.CHECK, examination, Optional.empty(), Optional.empty()),
          gate.isAtHead(examination.diagnosis()));
    } catch (RuntimeException e) {
      return new Entry.Failed(name, FailureHandler.failure(e));
    }
  }

  /** A ledger that names one of these revisions was written by their tool. */
  private static boolean isOurs(Diagnosis diagnosis) {
    return diagnosis.revisions().stream().anyMatch(RevisionDiagnosis::recorded);
  }
}
