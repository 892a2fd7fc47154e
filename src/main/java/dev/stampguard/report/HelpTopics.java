package dev.stampguard.report;

import dev.stampguard.ExitCode;
import dev.stampguard.config.KnownSetting;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.report.HelpTopic.Entry;
import dev.stampguard.report.HelpTopic.Section;
import dev.stampguard.tool.MigrationTool;
import dev.stampguard.tool.ToolSupport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The topics there are. */
public final class HelpTopics {
  private HelpTopics() {}

  /** In the order in which they are listed. */
  public static List<String> names() {
    return List.of("exit-codes", "environment", "configuration", "findings", "tools");
  }

  /**
   * The topic of a name; empty when there is none.
   *
   * @param tools the migration tools there are
   */
  public static Optional<HelpTopic> find(String name, List<MigrationTool> tools) {
    return switch (name) {
      case "exit-codes" -> Optional.of(exitCodes());
      case "environment" -> Optional.of(environment());
      case "configuration" -> Optional.of(configuration());
      case "findings" -> Optional.of(findings());
      case "tools" -> Optional.of(tools(tools));
      default -> Optional.empty();
    };
  }

  /** What a script learns from how a run ends. */
  public static HelpTopic exitCodes() {
    return new HelpTopic(
        "exit-codes",
        "what a script learns from how a run ends",
        List.of(
            new Section(
                "Every command ends with one of these, whatever the form of its output. `exec` ends as"
                    + " the command it ran does, unless that said it succeeded.",
                Arrays.stream(ExitCode.values())
                    .map(
                        code ->
                            new Entry(
                                String.valueOf(code.code()),
                                code.meaning() + ". " + whatNext(code)))
                    .toList()),
            new Section(
                "Of a `check` over many databases the heaviest is told: 1, then 2, 3, 5 and 4.",
                List.of())));
  }

  private static String whatNext(ExitCode code) {
    return switch (code) {
      case OK ->
          "Of `check` it means consistent, or behind: pending revisions fail only with"
              + " --require-head.";
      case INTERNAL -> "A defect of stampguard: --verbose tells where it happened.";
      case USAGE -> "The message says what to write instead.";
      case FINDINGS ->
          "The database is not what its ledger claims, or nobody can tell; `stampguard diagnose`"
              + " says more. Also: `compare` found a difference, `snapshot --check` a lock file"
              + " that is not current.";
      case REFUSED ->
          "Nothing was changed. What the message names has to be allowed, has to end, or passes by"
              + " itself: --wait tries again.";
      case NO_ACCESS -> "The server was not reached, or did not let this role look.";
      case CHANGE_FAILED ->
          "The message says whether the database is as before, and which command goes back.";
      case INTERRUPTED -> "By Ctrl-C or a signal.";
    };
  }

  /** The variables that a run reads. */
  public static HelpTopic environment() {
    return new HelpTopic(
        "environment",
        "the variables that a run reads",
        List.of(
            new Section(
                "",
                List.of(
                    new Entry(
                        "DATABASE_URL",
                        "The database, unless --url names it. --url-variable, or the setting"
                            + " url-variable, names another variable. It wins over .env."),
                    new Entry(
                        "STAMPGUARD_…",
                        "Every setting of `stampguard help configuration` as a variable; it wins over"
                            + " the file, and an option over both. One that does not exist is an"
                            + " error."),
                    new Entry(
                        "PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD, PGSSLMODE, …",
                        "What a URL leaves open, as libpq reads it; PGPASSFILE, PGSERVICE and"
                            + " PGSERVICEFILE as well. Without any URL they name the database."),
                    new Entry("NO_COLOR", "When it is set and not empty, nothing is coloured."),
                    new Entry("TERM, COLUMNS", "What the terminal can show, and how wide it is."),
                    new Entry(
                        "PATH",
                        "Where pg_dump, pg_restore, psql, initdb, git and Python are looked for."),
                    new Entry(
                        "VIRTUAL_ENV",
                        "Where Python is looked for first, unless --python names one."),
                    new Entry(
                        "GITHUB_WORKSPACE", "Paths in reports for a pipeline are relative to it."),
                    new Entry(
                        "JOB_COMPLETION_INDEX, JOB_COMPLETIONS",
                        "Which share of the databases `check` looks at in a Kubernetes Indexed Job,"
                            + " where --shard does not say it."),
                    new Entry("JAVA_HOME", "The JDK that the JVM build is started with.")))));
  }

  /** The settings of a project. */
  public static HelpTopic configuration() {
    return new HelpTopic(
        "configuration",
        "the settings of a project",
        List.of(
            new Section(
                "`stampguard.properties` in the project holds settings, KEY=VALUE, one a line. Each"
                    + " can also be a variable: `fail-on` is STAMPGUARD_FAIL_ON. A variable wins over"
                    + " the file, an option over both; an unknown key is an error.",
                Stream.concat(
                        KnownSetting.all().stream()
                            .map(setting -> new Entry(setting.key(), setting.meaning())),
                        Stream.of(
                            new Entry(
                                "policy.KIND.allow",
                                "which databases runs of the kind KIND may use: patterns, separated"
                                    + " by commas; --run or the setting run chooses one")))
                    .toList())));
  }

  /** The catalogue's codes. */
  public static HelpTopic findings() {
    return new HelpTopic(
        "findings",
        "the ways in which a ledger lies",
        List.of(
            new Section(
                "`stampguard help CODE` says what happened, how it shows and what ends it.",
                Arrays.stream(FindingCode.values())
                    .map(code -> new Entry(code.name(), code.title()))
                    .toList())));
  }

  /** The migration tools whose projects are understood. */
  public static HelpTopic tools(List<MigrationTool> tools) {
    return new HelpTopic(
        "tools",
        "the migration tools whose projects are understood",
        List.of(
            new Section(
                "The project says which tool it uses by what it holds; --tool or the setting tool"
                    + " names one where there are several, or where nothing but a directory of"
                    + " scripts is there, which the setting migrations names.",
                tools.stream().map(tool -> new Entry(tool.name(), about(tool))).toList())));
  }

  private static String about(MigrationTool tool) {
    ToolSupport support = tool.support();
    return "Found by %s. Ledger: `%s`; checksums: %s. What a revision made is known from: %s. Replay: %s."
        .formatted(
            tool.mark(),
            support.ledger(),
            support.checksums().label(),
            support.reading().label(),
            support.replay().label());
  }
}
