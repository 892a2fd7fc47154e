package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Setting;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.repair.BackupKind;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.Advice;
import dev.stampguard.repair.plan.Decisions;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.report.RepairReport;
import dev.stampguard.report.TargetView;
import dev.stampguard.service.repair.Milestones;
import dev.stampguard.service.repair.Preparation;
import dev.stampguard.service.repair.RehearsalSettings;
import dev.stampguard.service.repair.RepairService;
import dev.stampguard.service.repair.Repairer;
import dev.stampguard.service.repair.SavedPlan;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.target.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the options of {@code repair} come to. */
final class RepairRequest {
  private final Setup setup;
  private final BackupSetup backups;
  private final Judging judging;
  private final RepairOptions options;
  private final InspectionOptions inspection;
  private final SameTarget same;
  private final Optional<SavedPlan> saved;

  RepairRequest(
      Setup setup,
      Judging judging,
      BackupSetup backups,
      RepairOptions options,
      InspectionOptions inspection,
      SameTarget same) {
    this.setup = setup;
    this.backups = backups;
    this.judging = judging;
    this.options = options;
    this.inspection = inspection;
    this.same = same;
    this.saved =
        Optional.ofNullable(options.apply)
            .filter(file -> !file.equals(RepairOptions.NO_FILE))
            .map(file -> SavedPlan.read(setup.output().file(Path.of(file))));
    saved.ifPresent(
        plan ->
            SavedChoices.requireNoOther(plan, options, Optional.ofNullable(inspection.reference)));
    allowed();
  }

  boolean isToApply() {
    return options.apply != null;
  }

  RepairService service(ProgressLine progress, Milestones milestones) {
    ReplaySettings replay = new ReplaySetup(setup, inspection.replay).settings();
    Optional<Target> place =
        replay.placement() instanceof ScratchPlacement.At(Target server)
            ? Optional.of(server)
            : Optional.empty();
    return new RepairService(
        setup.connector(),
        judging.project(),
        new Repairer.Request(
            judging.examination(),
            setup.targetRequest(),
            strategy(),
            planOptions(),
            reference().map(text -> setup.database(text, "--reference")),
            replay,
            new RehearsalSettings(isToApply(), place, setup.environment().getOrDefault("PATH", "")),
            progress),
        new RepairService.Setting(
            setup.directory(),
            backups.store().directory(),
            backups.envFiles(judging.resolution()),
            Version.number(),
            Clock.systemUTC(),
            milestones,
            backups.progress(progress)));
  }

  /** The one that was asked for; empty for the recommended one. */
  Optional<Strategy> strategy() {
    return saved.map(SavedPlan::strategy).or(() -> Optional.ofNullable(options.strategy));
  }

  /**
   * Refuses to change a database that the project does not allow, before anybody looks at it. To
   * switch away from it is what helps.
   */
  void requireAllowedTarget() {
    if (isToApply() && strategy().filter(Strategy.SWITCH::equals).isEmpty()) {
      setup.requireAllowed(judging.target().database());
    }
  }

  /** As {@link #requireAllowedTarget()}, of the database that is the target afterwards. */
  void requireAllowedDatabase(Preparation prepared) {
    setup.requireAllowed(prepared.switchedTo().orElse(judging.target()).database());
  }

  /** Refuses a plan that leaves out what one of the project's other tools made. */
  void requireAllRead(RepairPlan plan) {
    judging.otherTools().requireAllRead(plan);
  }

  private Optional<String> reference() {
    return saved
        .flatMap(plan -> plan.options().reference())
        .or(() -> Optional.ofNullable(inspection.reference))
        .or(() -> setup.configuration().reference().map(Setting::value));
  }

  private PlanOptions planOptions() {
    return saved
        .map(SavedPlan::options)
        .orElseGet(
            () ->
                new PlanOptions(
                    new Decisions(set(options.assumeApplied), set(options.run)),
                    Optional.ofNullable(options.backup).orElse(BackupKind.FULL),
                    reference(),
                    Optional.ofNullable(options.to),
                    options.copyData,
                    options.redefine,
                    options.terminate,
                    options.backfill == null ? Map.of() : options.backfill));
  }

  private static Set<String> set(List<String> values) {
    return values == null ? Set.of() : Set.copyOf(values);
  }

  private Set<Hazard> allowed() {
    Set<Hazard> allowed = EnumSet.noneOf(Hazard.class);
    for (String word : options.allow == null ? List.<String>of() : options.allow) {
      String label = word.strip();
      allowed.add(
          Hazard.find(label)
              .orElseThrow(
                  () ->
                      new StampguardException(
                          ExitCode.USAGE,
                          "`--allow %s` names no hazard".formatted(label),
                          "they are " + Words.all(List.of(Hazard.values())))));
    }
    return allowed;
  }

  /** Refuses a plan that is not the one that was reviewed. */
  void requireSaved(RepairPlan plan) {
    saved.ifPresent(reviewed -> reviewed.requireSame(plan));
  }

  /** Refuses a plan with a question or a hazard that nobody has answered. */
  void requireAllowed(RepairPlan plan, Optional<String> noRehearsal) {
    if (!plan.undecided().isEmpty()) {
      String first = ShellWords.quote(plan.undecided().getFirst());
      var open = new ArrayList<>(plan.hazards());
      open.remove(Hazard.UNDECIDABLE_DATA_MIGRATION);
      throw new StampguardException(
          ExitCode.REFUSED,
          "nobody can tell whether %s ran, which changes only data"
              .formatted(Words.names(plan.undecided())),
          plan.strategy().filter(Strategy.GRAFT::equals).isPresent()
              ? Advice.noneRun(plan.undecided(), open)
              : "say `--assume-applied %s` or `--run %s`%s"
                  .formatted(
                      first, first, open.isEmpty() ? "" : ", and `%s`".formatted(flags(open))));
    }
    var refused = new ArrayList<>(plan.hazards());
    refused.removeAll(allowed());
    if (!refused.isEmpty()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "the plan has hazards that were not allowed: %s%s"
              .formatted(
                  Words.all(refused), noRehearsal.map(reason -> " (" + reason + ")").orElse("")),
          "if that is acceptable, add `%s`".formatted(flags(refused)));
    }
  }

  private static String flags(List<Hazard> hazards) {
    return Hazard.flags(hazards).strip();
  }

  /** What the plan runs in spite of what the ledger says; empty when that is nothing. */
  Optional<String> rerun(RepairPlan plan) {
    return whole(plan).rerun();
  }

  private RepairPlan whole(RepairPlan plan) {
    return plan.repeating(same::repair);
  }

  /** Saves the plan where that was asked for. */
  void save(RepairReport report) {
    if (options.save != null) {
      setup.output().save(options.save, report);
    }
  }

  /** A sentence whose commands are about the same target. */
  String sameTarget(String sentence) {
    return same.text(sentence);
  }

  /** What the commands that are printed for what comes next lack; empty when they are whole. */
  Optional<String> lack() {
    return same.remark();
  }

  RepairReport report(Preparation prepared, Optional<RepairService.Outcome> outcome) {
    return new RepairReport(
        TargetView.of(judging.target(), Optional.of(prepared.serverVersion()), List.of()),
        whole(prepared.plan()),
        planOptions(),
        prepared.verified(),
        command(prepared.plan()),
        outcome.map(
            done ->
                new RepairReport.Result(
                    done.verdict(),
                    done.backup(),
                    done.undo().map(same::command),
                    done.segments(),
                    done.notes())));
  }

  /**
   * The command line that carries this plan out; as long as something is undecided, the one that
   * plans with the decisions, because none carries such a plan out.
   */
  private String command(RepairPlan plan) {
    boolean isDecided = plan.undecided().isEmpty();
    var words = new ArrayList<String>(List.of("stampguard", "repair"));
    if (isDecided) {
      words.add("--apply");
    }
    if (isDecided && options.save != null) {
      words.add(options.save.toString());
    } else {
      Optional.ofNullable(options.backup)
          .map(BackupKind::toString)
          .ifPresent(kind -> words.addAll(List.of("--backup", kind)));
      plan.strategy().map(Strategy::label).ifPresent(s -> words.addAll(List.of("--strategy", s)));
      set(options.assumeApplied).stream()
          .sorted()
          .forEach(revision -> words.addAll(List.of("--assume-applied", revision)));
      set(options.run).stream().sorted().forEach(r -> words.addAll(List.of("--run", r)));
      Optional.ofNullable(options.to).ifPresent(to -> words.addAll(List.of("--to", to)));
      if (options.copyData) {
        words.add("--copy-data");
      }
      if (options.redefine) {
        words.add("--redefine");
      }
      if (options.terminate) {
        words.add("--terminate");
      }
      new TreeMap<>(planOptions().backfills())
          .forEach((column, sql) -> words.addAll(List.of("--backfill", column + "=" + sql)));
    }
    words.addAll(same.repairWords());
    if (isDecided) {
      words.add("--yes");
      plan.hazards().forEach(hazard -> words.addAll(List.of("--allow", hazard.label())));
    } else {
      plan.undecided().forEach(id -> words.addAll(List.of("--assume-applied", id)));
      Optional.ofNullable(options.save)
          .ifPresent(file -> words.addAll(List.of("--save", file.toString())));
    }
    return ShellWords.join(words);
  }
}
