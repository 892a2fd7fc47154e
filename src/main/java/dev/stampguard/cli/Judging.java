package dev.stampguard.cli;

import dev.stampguard.ExitCode;
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
import dev.stampguard.repair.WayOut;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Outcome;
import dev.stampguard.report.TargetView;
import dev.stampguard.service.Examination;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.Judgements;
import dev.stampguard.service.SiblingScout;
import dev.stampguard.service.SourceFinder;
import dev.stampguard.service.SourceFinder.Found;
import dev.stampguard.service.SourceFinder.ReplayRequest;
import dev.stampguard.service.fleet.SchemaLooks;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.target.Disagreement;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.tool.MigrationProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
  private Found found;

  private Judging(
      Setup setup,
      InspectionOptions options,
      Replays replays,
      MigrationProject project,
      TargetResolution resolution,
      Examiner examiner) {
    this.setup = setup;
    this.options = options;
    this.replays = replays;
    this.project = project;
    this.resolution = resolution;
    this.examiner = examiner;
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
    MigrationProject project = setup.requireTool();
    var examiner = new Examiner(setup.connector(), project);
    return new Judging(setup, options, replays, project, resolution, examiner);
  }

  /**
   * As this one, of many other databases: what must be there is read now, once for all of them.
   *
   * @return for use by many threads
   */
  Function<Target, Judging> ofEach() {
    Found shared = source();
    var remembering = new Examiner(setup.connector(), project, new Judgements());
    return target -> {
      var alone = new TargetResolution(target, List.of(), List.of(), Optional.empty());
      var other = new Judging(setup, options, replays, project, alone, remembering);
      other.found = shared;
      return other;
    };
  }

  /** Looks at the target and judges it, as patiently as {@code --wait} says. */
  Examination examine() {
    return setup.patience().attempt(() -> examiner.examine(examination()));
  }

  /** Judges one schema of the target, of those that have a ledger each. */
  Examination examine(SchemaLooks looks, String schema, String serverVersion) {
    Examiner.Request whole = examination();
    return examiner.examine(
        new Examiner.Request(
            whole.target(), looks.source(schema), whole.doubts(), whole.accepted()),
        looks.of(schema),
        serverVersion);
  }

  /** What is looked at, and by what it is judged. */
  Examiner.Request examination() {
    return new Examiner.Request(resolution.target(), source().source(), doubts(), accepted());
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
            new SourceFinder(setup.connector(), project, setup.directory())
                .find(new SourceFinder.Request(resolution.target(), reference, replay(progress)));
      }
      // The gate is silent when all is well, unless asked to say more.
      if (setup.isVerbose() || (replays == Replays.BY_ITSELF && !setup.isQuiet())) {
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
    return new DiagnosisReport(
        command,
        examination.diagnosis(),
        TargetView.of(
            resolution.target(), Optional.of(examination.serverVersion()), resolution.warnings()),
        project.tool(),
        project.location(),
        siblings,
        ways);
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
