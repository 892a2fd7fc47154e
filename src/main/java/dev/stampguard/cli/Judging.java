package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.FailOn;
import dev.stampguard.config.Setting;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.repair.plan.RepairPlan;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Outcome;
import dev.stampguard.report.TargetView;
import dev.stampguard.report.ToolStory;
import dev.stampguard.service.Examination;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.Judgements;
import dev.stampguard.service.SiblingScout;
import dev.stampguard.service.SourceFinder;
import dev.stampguard.service.SourceFinder.Found;
import dev.stampguard.service.SourceFinder.ReplayRequest;
import dev.stampguard.service.Subject;
import dev.stampguard.service.fleet.SchemaLooks;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.target.Disagreement;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the commands that judge a database share: from options to an examination to an exit code.
 */
final class Judging {
  private final Setup setup;
  private final InspectionOptions options;
  private final Replays replays;
  private final MigrationProject project;
  private final TargetResolution resolution;
  private final Examiner examiner;

  /** Of the project's further tools that the run is about. */
  private final List<Judging> others;

  private Found found;
  private List<Subject> beside;

  private Judging(
      Setup setup,
      InspectionOptions options,
      Replays replays,
      MigrationProject project,
      TargetResolution resolution,
      Examiner examiner,
      List<Judging> others) {
    this.setup = setup;
    this.options = options;
    this.replays = replays;
    this.project = project;
    this.resolution = resolution;
    this.examiner = examiner;
    this.others = List.copyOf(others);
  }

  /** When a command replays the scripts, where a replay would tell more than what is at hand. */
  enum Replays {
    /** Wherever it costs nobody anything but time. */
    BY_ITSELF,
    /** Only when the command line asks for it: the command is to be quick. */
    ON_REQUEST
  }

  static Judging of(Setup setup, InspectionOptions options, Replays replays) {
    return of(setup, options, replays, setup.resolveTarget());
  }

  /** As {@link #of}, of a database that the run does not use yet. */
  static Judging of(
      Setup setup, InspectionOptions options, Replays replays, TargetResolution resolution) {
    MigrationProject first = setup.requireTool();
    List<Judging> others =
        setup.tools().stream()
            .skip(1)
            .map(project -> of(setup, options, replays, resolution, project, List.of()))
            .toList();
    return of(setup, options, replays, resolution, first, others);
  }

  private static Judging of(
      Setup setup,
      InspectionOptions options,
      Replays replays,
      TargetResolution resolution,
      MigrationProject project,
      List<Judging> others) {
    var examiner = new Examiner(setup.connector(), project);
    return new Judging(setup, options, replays, project, resolution, examiner, others);
  }

  /**
   * As this one, of many other databases: what must be there is read now, once for all of them.
   *
   * @return for use by many threads
   */
  Function<Target, Judging> ofEach() {
    Found shared = source();
    List<Subject> known = beside();
    var remembering = new Examiner(setup.connector(), project, new Judgements());
    List<Function<Target, Judging>> further = others.stream().map(Judging::ofEach).toList();
    return target -> {
      var alone = new TargetResolution(target, List.of(), List.of(), Optional.empty());
      List<Judging> there = further.stream().map(judging -> judging.apply(target)).toList();
      var other = new Judging(setup, options, replays, project, alone, remembering, there);
      other.found = shared;
      other.beside = known;
      return other;
    };
  }

  /** Looks at the target and judges it by the first tool, as patiently as {@code --wait} says. */
  Examination examine() {
    return setup.patience().attempt(() -> examiner.examine(examination()));
  }

  /** As {@link #examine()}, by every tool that the run is about, the first one first. */
  List<Examination> examineAll() {
    return examineAll(false);
  }

  /** As {@link #examineAll()}, with a look at the tools' locks. */
  List<Examination> examineWithLocks() {
    return examineAll(true);
  }

  private List<Examination> examineAll(boolean looksAtLocks) {
    List<Judging> all = all();
    List<Subject> unread = subjects(setup.toolsBeside());
    List<Examiner.Part> parts =
        all.stream()
            .map(judging -> new Examiner.Part(judging.examiner, judging.request(unread)))
            .toList();
    return setup.patience().attempt(() -> Examiner.examine(setup.connector(), parts, looksAtLocks));
  }

  private List<Judging> all() {
    return Stream.concat(Stream.of(this), others.stream()).toList();
  }

  /** Judges one schema of the target, of those that have a ledger each. */
  Examination examine(SchemaLooks looks, String schema, String serverVersion) {
    Examiner.Request whole = examination();
    return examiner.examine(
        new Examiner.Request(
            whole.target(), looks.source(schema), whole.doubts(), whole.accepted(), whole.beside()),
        looks.of(schema),
        serverVersion);
  }

  /** What is looked at, and by what it is judged. */
  Examiner.Request examination() {
    return request(beside());
  }

  private Examiner.Request request(List<Subject> unread) {
    return new Examiner.Request(
        resolution.target(), source().source(), doubts(), accepted(), unread);
  }

  /** The project's other tools, whether the run is about them or not. */
  private List<Subject> beside() {
    if (beside == null) {
      beside =
          subjects(
              Stream.concat(others.stream().map(Judging::project), setup.toolsBeside().stream())
                  .toList());
    }
    return beside;
  }

  /** What is known of tools without asking any database. */
  private List<Subject> subjects(List<MigrationProject> projects) {
    return projects.stream().map(this::subject).flatMap(Optional::stream).toList();
  }

  private Optional<Subject> subject(MigrationProject other) {
    try {
      return Optional.of(
          new Subject(
              other,
              new SourceFinder(setup.connector(), other, setup.lockFile(other))
                  .find(
                      new SourceFinder.Request(
                          resolution.target(), Optional.empty(), Optional.empty()))
                  .source()));
    } catch (StampguardException e) {
      // What is wrong with its scripts or its lock file is told where the run is about it.
      return Optional.empty();
    }
  }

  /** Chosen once: what comes after may be tried again, and a replay takes its time. */
  private Found source() {
    if (found == null) {
      Optional<Target> reference =
          Optional.ofNullable(options.reference)
              .or(() -> setup.configuration().reference().map(Setting::value))
              .map(text -> setup.database(text, "--reference"));
      try (ProgressLine progress = setup.progress()) {
        found =
            new SourceFinder(setup.connector(), project, setup.lockFile(project))
                .find(new SourceFinder.Request(resolution.target(), reference, replay(progress)));
      }
      // The gate is silent when all is well, unless asked to say more.
      boolean isToBeTold = replays == Replays.BY_ITSELF || found.isGrave();
      if (setup.isVerbose() || (isToBeTold && !setup.isQuiet())) {
        found.remark().ifPresent(setup::warn);
      }
    }
    return found;
  }

  private Optional<ReplayRequest> replay(ReplayProgress progress) {
    var replay = new ReplaySetup(setup, options.replay);
    if (replays == Replays.ON_REQUEST && !replay.isAsked()) {
      return Optional.empty();
    }
    return Optional.of(replay.settings())
        .filter(ReplaySettings::isAllowed)
        .map(settings -> new ReplayRequest(settings, replay.isAsked(), progress));
  }

  List<Sibling> siblings(Examination examination) {
    SiblingScout.Sighting sighting =
        new SiblingScout(project).look(resolution.target(), examination);
    if (setup.isVerbose()) {
      sighting.leftOut().forEach(setup::warn);
    }
    return sighting.siblings();
  }

  private List<TargetDoubt> doubts() {
    var doubts = new ArrayList<TargetDoubt>();
    if (!project.tool().equals(setup.requireProject().tool())) {
      return doubts; // Of the target, not of a tool: said once.
    }
    Target target = resolution.target();
    setup
        .policy()
        .filter(rule -> !rule.allows(target.database()))
        .map(rule -> new Forbidden(setup, target, rule).doubt())
        .ifPresent(doubts::add);
    if (!setup.isTargetNamed()) {
      resolution.disagreement().map(Judging::doubt).ifPresent(doubts::add);
    }
    return doubts;
  }

  static TargetDoubt doubt(Disagreement disagreement) {
    return new TargetDoubt(
        FindingCode.SG118.title(),
        Severity.WARNING,
        "%s says `%s`, but %s says `%s`."
            .formatted(
                disagreement.environment().source(),
                disagreement.environment().describe(),
                disagreement.envFile().source(),
                disagreement.envFile().describe()),
        "unset the variable, so that the file decides; `stampguard target use DB` changes the file");
  }

  private List<AcceptedDrift> accepted() {
    return setup.configuration().ignores().stream()
        .map(
            rule ->
                new AcceptedDrift(
                    rule.code(),
                    object -> rule.matches(rule.code(), object),
                    rule.reason(),
                    rule.where()))
        .toList();
  }

  DiagnosisReport report(
      DiagnosisReport.Command command,
      Examination examination,
      Optional<List<Sibling>> siblings,
      Optional<List<WayOut>> ways) {
    Diagnosis diagnosis =
        others.isEmpty() ? allowed(examination.diagnosis()) : named(examination.diagnosis());
    return new DiagnosisReport(
        command,
        ways.flatMap(WaysOut::lack).map(lack -> lacking(diagnosis, lack)).orElse(diagnosis),
        TargetView.of(
            resolution.target(), Optional.of(examination.serverVersion()), resolution.warnings()),
        project.tool(),
        project.location(),
        siblings,
        ways);
  }

  /** With commands that say which of several tools they are about. */
  private Diagnosis named(Diagnosis diagnosis) {
    return allowed(diagnosis)
        .hinting(
            hint ->
                hint.replace("`stampguard repair", "`stampguard repair --tool " + project.tool()));
  }

  /** With what has to be said before a repair can do anything. */
  private static Diagnosis lacking(Diagnosis diagnosis, Lack lack) {
    return diagnosis.hinting(
        hint -> hint.startsWith("`stampguard repair") ? lack.remedy() + "; then " + hint : hint);
  }

  /** What of running the scripts decides which ways are open. */
  WaysOut.Running running() {
    RunSettings settings = new ReplaySetup(setup, options.replay).run();
    return new WaysOut.Running(
        notAllowed().isPresent(), revisions -> project.lack(settings, revisions));
  }

  /** With commands that may run the scripts, where nobody allowed that yet. */
  private Diagnosis allowed(Diagnosis diagnosis) {
    return notAllowed().isEmpty()
        ? diagnosis
        : diagnosis.hinting(
            hint ->
                hint.replace(
                        "`stampguard diagnose --scratch auto`",
                        "`%s` (`driver-env=project` in `stampguard.properties` allows it for good)"
                            .formatted(NotAllowed.command("diagnose")))
                    .replace("`stampguard snapshot`", "`" + NotAllowed.command("snapshot") + "`")
                    .replace("`stampguard repair", "`" + NotAllowed.command("repair")));
  }

  /** Why nothing may run the scripts, if somebody has to allow it first. */
  Optional<NotAllowed> notAllowed() {
    return project.notAllowed(new ReplaySetup(setup, options.replay).run());
  }

  /** The ways out that are open where the project has further tools. */
  List<WayOut> open(List<WayOut> ways) {
    List<String> further = furtherThan(project);
    return further.isEmpty()
        ? ways
        : ways.stream()
            .map(
                way ->
                    way.strategy() == Strategy.RECREATE
                        ? new WayOut(
                            way.strategy(),
                            false,
                            false,
                            "it would leave out what the scripts of %s make"
                                .formatted(String.join(" and ", further)))
                        : way)
            .toList();
  }

  /** The names of the project's other tools. */
  private List<String> furtherThan(MigrationProject own) {
    return Stream.concat(setup.tools().stream(), setup.toolsBeside().stream())
        .map(MigrationProject::tool)
        .filter(tool -> !tool.equals(own.tool()))
        .toList();
  }

  /**
   * What every tool says, for a command that looks for nothing around it.
   *
   * @param all as of {@link #examineAll()}
   */
  DiagnosisReport report(DiagnosisReport.Command command, List<Examination> all) {
    return report(command, all.getFirst(), Optional.empty(), Optional.empty())
        .beside(stories(all, one -> Optional.empty()));
  }

  /**
   * What the further tools say.
   *
   * @param all as of {@link #examineAll()}
   * @param ways the ways out of one
   */
  List<ToolStory> stories(
      List<Examination> all, Function<Examination, Optional<List<WayOut>>> ways) {
    return IntStream.range(0, others.size())
        .mapToObj(
            i ->
                new ToolStory(
                    others.get(i).project.tool(),
                    others.get(i).project.location(),
                    others.get(i).named(all.get(i + 1).diagnosis()),
                    ways.apply(all.get(i + 1)).map(others.get(i)::open)))
        .toList();
  }

  /** Which database was chosen, and from where. */
  TargetResolution resolution() {
    return resolution;
  }

  Target target() {
    return resolution.target();
  }

  MigrationProject project() {
    return project;
  }

  /** What is odd beside the answer; the gate stays silent about it unless asked to say more. */
  void warn(Diagnosis diagnosis) {
    setup.warnBeside(resolution.warnings());
    warnOfUnused(diagnosis);
  }

  /** As {@link #warn(Diagnosis)}, of what every tool says. */
  void warn(DiagnosisReport report) {
    setup.warnBeside(resolution.warnings());
    warnOfUnused(report);
  }

  /** Names rules that accept what no tool finds. */
  void warnOfUnused(DiagnosisReport report) {
    report.unusedAcceptances().forEach(place -> warnOfUnused(setup, place));
  }

  /** Names rules that accept what is not there: they would hide what comes back. */
  void warnOfUnused(Diagnosis diagnosis) {
    diagnosis.unusedAcceptances().forEach(place -> warnOfUnused(setup, place));
  }

  /** As {@link #warnOfUnused(Diagnosis)}, of one rule by its place. */
  static void warnOfUnused(Setup setup, String place) {
    if (!setup.isQuiet()) {
      setup.warn("`%s` accepts drift that is not there".formatted(place));
    }
  }

  /** Counts accepted drift where the output itself does not. */
  static void warnOfAccepted(Setup setup, Diagnosis diagnosis) {
    int accepted = diagnosis.ignored().size();
    if (accepted > 0 && !setup.isQuiet()) {
      setup.warn(Words.count(accepted, "accepted difference") + " left out");
    }
    diagnosis.unusedAcceptances().forEach(place -> warnOfUnused(setup, place));
  }

  /**
   * Keeps a repair, which follows one tool, from passing over what another one finds.
   *
   * @throws StampguardException (usage) naming the tool that has to be named
   */
  void requireOthersHealthy() {
    if (others.isEmpty()) {
      return;
    }
    List<Examination> found = examineAll();
    List<String> damaged =
        IntStream.range(0, found.size())
            .filter(i -> hasErrors(found.get(i).diagnosis()))
            .mapToObj(i -> all().get(i).project.tool())
            .toList();
    if (!damaged.isEmpty() && !damaged.equals(List.of(project.tool()))) {
      throw new StampguardException(
          ExitCode.USAGE,
          "a repair follows one migration tool, and there are findings by %s"
              .formatted(String.join(" and by ", damaged)),
          damaged.stream()
              .map("`stampguard repair --tool %s`"::formatted)
              .collect(Collectors.joining(", then ")));
    }
  }

  private static boolean hasErrors(Diagnosis diagnosis) {
    return diagnosis.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /**
   * Keeps a new database from being built with one tool's objects in the place of one that has
   * another's too.
   *
   * @throws StampguardException (refused) when the project has further tools
   */
  void requireAlone(RepairPlan plan) {
    List<String> further = furtherThan(project);
    if (plan.strategy().filter(Strategy.RECREATE::equals).isPresent() && !further.isEmpty()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`recreate` builds a database from the scripts of %s alone, without what those of %s make"
              .formatted(project.tool(), String.join(" and ", further)),
          "take another strategy; `stampguard diagnose` lists them");
    }
  }

  /** Whether it is where the scripts end, with nothing to fail a run for. */
  boolean isAtHead(Diagnosis diagnosis) {
    Severity failOn = failOn(setup, new GateOptions());
    return diagnosis.verdict() == Verdict.CONSISTENT
        && diagnosis.findings().stream()
            .noneMatch(finding -> finding.severity().compareTo(failOn) >= 0);
  }

  /** Whether the gate has a line to say: accepted drift is never passed over in silence. */
  static boolean hasToSay(Diagnosis diagnosis, Outcome outcome) {
    return outcome.isFailure() || !diagnosis.ignored().isEmpty();
  }

  /** As {@link #hasToSay(Diagnosis, Outcome)}, of what every tool says. */
  static boolean hasToSay(DiagnosisReport report, Outcome outcome) {
    return outcome.isFailure() || !report.ignored().isEmpty();
  }

  /** How the run ends: as the tool says that says the worst. */
  Outcome outcome(DiagnosisReport report, GateOptions gate) {
    return report.each().stream()
        .map(one -> outcome(one.diagnosis(), gate))
        .reduce((worst, next) -> next.isFailure() ? next : worst)
        .orElseThrow();
  }

  /** How the run ends: what its end says about the database. */
  Outcome outcome(Diagnosis diagnosis, GateOptions gate) {
    Severity failOn = failOn(setup, gate);
    boolean requireHead = gate.requireHead || setup.configuration().requireHead().orElse(false);
    boolean fails =
        diagnosis.verdict() == Verdict.UNKNOWN
            || (requireHead && diagnosis.verdict() == Verdict.BEHIND)
            || diagnosis.findings().stream()
                .anyMatch(finding -> finding.severity().compareTo(failOn) >= 0);
    return new Outcome(fails ? ExitCode.FINDINGS : ExitCode.OK, failOn);
  }

  /** The lightest finding that makes the run fail. */
  static Severity failOn(Setup setup, GateOptions gate) {
    return Optional.ofNullable(gate.failOn)
        .or(() -> setup.configuration().failOn().map(Judging::severity))
        .orElse(Severity.ERROR);
  }

  private static Severity severity(FailOn setting) {
    return switch (setting) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case ERROR -> Severity.ERROR;
    };
  }
}
