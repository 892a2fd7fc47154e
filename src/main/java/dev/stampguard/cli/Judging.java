package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.Setting;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.TargetView;
import dev.stampguard.report.ToolStory;
import dev.stampguard.service.Examination;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.Judgements;
import dev.stampguard.service.OpenGaps;
import dev.stampguard.service.SiblingScout;
import dev.stampguard.service.SourceFinder;
import dev.stampguard.service.SourceFinder.Found;
import dev.stampguard.service.SourceFinder.ReplayRequest;
import dev.stampguard.service.Subject;
import dev.stampguard.service.fleet.SchemaLooks;
import dev.stampguard.service.repair.Foreseen;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.target.Disagreement;
import dev.stampguard.target.Target;
import dev.stampguard.target.TargetResolution;
import dev.stampguard.tool.Lack;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.NotAllowed;
import dev.stampguard.tool.OwnCheck;
import dev.stampguard.tool.RunSettings;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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
  private final SourceFinder sources;

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
    this.sources = new SourceFinder(setup.connector(), project, setup.lockFile(project));
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
    setup.requireChosen();
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
    return examineAll(Optional.empty());
  }

  /** As {@link #examineAll()}, with a look at the tools' locks and the project's own checks. */
  List<Examination> examineClosely() {
    var unrun = new LinkedHashSet<OwnCheck>(); // a look may be repeated
    List<Examination> all = examineAll(Optional.of(unrun::add));
    if (!unrun.isEmpty() && !setup.isQuiet()) {
      OwnCheck first = unrun.getFirst();
      setup.warn(
          "%s not run: `%s`: %s"
              .formatted(
                  unrun.size() == 1
                      ? "one of the project's own checks was"
                      : "%s of the project's own checks were".formatted(unrun.size()),
                  first.place(),
                  first.message()));
    }
    return all;
  }

  private List<Examination> examineAll(Optional<Consumer<OwnCheck>> closer) {
    List<Judging> all = all();
    List<Subject> unread = subjects(setup.toolsBeside());
    List<Examiner.Part> parts =
        all.stream()
            .map(judging -> new Examiner.Part(judging.examiner, judging.request(unread)))
            .toList();
    return setup.patience().attempt(() -> Examiner.examine(setup.connector(), parts, closer));
  }

  /**
   * As {@link #examineAll()}, unless the answer is known.
   *
   * @return empty when it is
   */
  Optional<List<Examination>> examineUnlessKnown(HealthMemory memory) {
    return setup
        .patience()
        .attempt(() -> examiner.examine(memory.unread(this::examination)).map(List::of));
  }

  /**
   * What the gate remembers; empty where its answer depends on more than one lock file, one tool's
   * scripts and one database.
   */
  Optional<HealthMemory> memory(Gate gate) {
    boolean isPlain =
        setup.configuration().remember()
            && others.isEmpty()
            && setup.toolsBeside().isEmpty()
            && options.reference == null
            && setup.configuration().reference().isEmpty()
            && !new ReplaySetup(setup, options.replay).isAsked()
            && resolution.warnings().isEmpty()
            && doubts().isEmpty()
            && Files.isRegularFile(setup.lockFile(project));
    return setup
        .cacheDirectory()
        .filter(directory -> isPlain)
        .map(
            directory ->
                HealthMemory.of(
                    directory,
                    setup,
                    project,
                    sources.locked(),
                    resolution.target(),
                    List.of(gate.failOn().toString(), Boolean.toString(gate.requiresHead()))));
  }

  /** Whether the answer was worth what it looks: nothing had to be told of how it was found. */
  boolean isWhole() {
    return found != null && !found.isGrave();
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
            sources.find(
                new SourceFinder.Request(resolution.target(), reference, replay(progress)));
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
    Diagnosis diagnosis = hints().of(examination, !others.isEmpty());
    return new DiagnosisReport(
        command,
        ways.flatMap(WaysOut::lack).map(lack -> lacking(diagnosis, lack)).orElse(diagnosis),
        TargetView.of(
            resolution.target(), Optional.of(examination.serverVersion()), resolution.warnings()),
        project.tool(),
        setup.location(project),
        siblings,
        ways);
  }

  private Hints hints() {
    RunSettings settings = new ReplaySetup(setup, options.replay).run();
    return new Hints(
        project,
        project.notAllowed(settings),
        this::gaps,
        new Foreseen(project, settings, resolution.target()));
  }

  /** The project's tools besides the one that is followed here. */
  OtherTools otherTools() {
    return new OtherTools(
        Stream.concat(setup.tools().stream(), setup.toolsBeside().stream())
            .filter(tool -> !tool.tool().equals(project.tool()))
            .toList(),
        this::subjects);
  }

  /** Where one tool's scripts cannot run from nothing, whatever the project's others make. */
  List<ChainGap> gaps(Examination examination) {
    return examination.expectation().gaps().isEmpty()
        ? List.of()
        : OpenGaps.of(
            examination,
            subjects(
                Stream.concat(setup.tools().stream(), setup.toolsBeside().stream())
                    .filter(tool -> tool.scripts().graph() != examination.graph())
                    .toList()));
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

  /** Why nothing may run the scripts, if somebody has to allow it first. */
  Optional<NotAllowed> notAllowed() {
    return project.notAllowed(new ReplaySetup(setup, options.replay).run());
  }

  /**
   * What every tool says, for a command that looks for nothing around it.
   *
   * @param all as of {@link #examineAll()}
   */
  DiagnosisReport report(DiagnosisReport.Command command, List<Examination> all) {
    return report(command, all.getFirst(), Optional.empty(), Optional.empty())
        .beside(stories(all, (own, one) -> Optional.empty()));
  }

  /**
   * What the further tools say.
   *
   * @param all as of {@link #examineAll()}
   * @param ways the ways out of one, whose judging is the first
   */
  List<ToolStory> stories(
      List<Examination> all, BiFunction<Judging, Examination, Optional<List<WayOut>>> ways) {
    return IntStream.range(0, others.size())
        .mapToObj(
            i ->
                new ToolStory(
                    others.get(i).project.tool(),
                    setup.location(others.get(i).project),
                    others.get(i).hints().of(all.get(i + 1), true),
                    ways.apply(others.get(i), all.get(i + 1))
                        .map(others.get(i).otherTools()::open)))
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
  void warn(DiagnosisReport report) {
    setup.warnBeside(resolution.warnings());
    AcceptedRemarks.ofUnused(setup, report);
  }

  /**
   * Keeps a repair, which follows one tool, from passing over what another one finds.
   *
   * @param strategy the one that was asked for
   * @throws StampguardException (usage) naming the tool that has to be named
   */
  void requireOthersHealthy(Optional<Strategy> strategy) {
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
              .map(
                  tool ->
                      "`stampguard repair --tool %s%s`"
                          .formatted(
                              tool,
                              strategy.map(asked -> " --strategy " + asked.label()).orElse("")))
              .collect(Collectors.joining(", then ")));
    }
  }

  private static boolean hasErrors(Diagnosis diagnosis) {
    return diagnosis.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
