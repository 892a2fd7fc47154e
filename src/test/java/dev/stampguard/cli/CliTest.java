package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.config.KnownSetting;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.report.HelpTopics;
import dev.stampguard.service.KnownTools;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.GoldenFiles;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line itself, without a database. */
class CliTest {
  private static final String URL = "postgresql://someone:hunter2@127.0.0.1:1/devmatrix";

  @TempDir private Path project;

  private InProcess.Result run(String... args) {
    return InProcess.run(project, Map.of(), args);
  }

  @Test
  void helpIsGolden() throws IOException {
    GoldenFiles.assertMatches("help/stampguard.txt", run("--help").out());
    assertThat(run("help").out()).isEqualTo(run("--help").out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "diagnose",
        "compare",
        "history",
        "target",
        "target use",
        "sync",
        "snapshot",
        "repair",
        "backup",
        "restore",
        "exec",
        "hook",
        "hook install",
        "hook uninstall",
        "completion",
        "help"
      })
  void helpOfEachCommandIsGolden(String command) throws IOException {
    String[] words = command.split(" ");
    InProcess.Result result = run(with(words, "--help"));
    GoldenFiles.assertMatches("help/" + command.replace(' ', '-') + ".txt", result.out());
    assertThat(result.exitCode()).isZero();
    assertThat(run(with(new String[] {"help"}, words)).out()).isEqualTo(result.out());
  }

  private static String[] with(String[] first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "list", "verify", "prune"})
  void helpOfEachCommandAboutBackupsIsGolden(String command) throws IOException {
    InProcess.Result result = run("backup", command, "--help");
    GoldenFiles.assertMatches("help/backup-" + command + ".txt", result.out());
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void helpListsEveryExitCode() {
    String help = run("check", "--help").out();
    for (ExitCode code : ExitCode.values()) {
      assertThat(help).containsPattern("(?m)^ +%d ".formatted(code.code()));
    }
  }

  @Test
  void versionIsWhatTheBuildWrote() {
    assertThat(run("--version").out())
        .matches(
            """
            stampguard \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?
            (commit    \\p{XDigit}{12,40}(-dirty)?
            )?runs as   JVM, \\S.*
            platform  [a-z0-9]+-[a-z0-9_]+
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit-codes", "environment", "configuration", "findings", "tools"})
  void eachTopicIsGolden(String topic) throws IOException {
    InProcess.Result result = run("help", topic);
    GoldenFiles.assertMatches("help/topic-" + topic + ".txt", result.out());
    assertThat(result.exitCode()).isZero();
    assertThat(run("help", topic.toUpperCase(Locale.ROOT))).isEqualTo(result);
  }

  @Test
  void topicsLeaveNothingOut() {
    for (FindingCode code : FindingCode.values()) {
      assertThat(run("help", "findings").out()).contains(code.name());
      assertThat(run("help", code.name()).out())
          .startsWith(code.name())
          .contains("\nHow it shows\n", "\nWhat ends it\n");
    }
    for (KnownSetting setting : KnownSetting.all()) {
      assertThat(run("help", "configuration").out()).contains("\n  " + setting.key() + "\n");
    }
    for (String topic : HelpTopics.names()) {
      assertThat(HelpTopics.find(topic, KnownTools.all(Map.of())).orElseThrow().name())
          .isEqualTo(topic);
      assertThat(run("--help").out()).contains(topic);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chekc, check",
    "diagnos, diagnose",
    "bakcup create, backup",
    "backup creat, create",
    "backup lsit, list",
    "hook instal, install",
    "target usee x, use",
    "completon bash, completion",
    "--versoin, --version",
    "check --outptu json, --output",
    "check --url-varible=X, --url-variable",
    "repair --alow x, --allow",
    "restore --ony database x, --only",
    "help exitcodes, stampguard help exit-codes",
    "help enviroment, stampguard help environment",
    "help SG013, stampguard help SG103",
    "help sg99, stampguard help SG109",
    "help bakcup, stampguard help backup",
    "help backup creat, stampguard help backup create"
  })
  void whatIsMisspeltIsAnsweredWithWhatWasMeant(String line, String meant) {
    InProcess.Result result = run(line.split(" "));
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).endsWith("\n\nhint: did you mean `%s`?\n".formatted(meant));
  }

  @Test
  void aWordThatIsNearNothingIsAnsweredWithoutAGuess() {
    assertThat(run("help", "nothing-like-it").err())
        .isEqualTo(
            "stampguard: no help on `nothing-like-it`: it is neither a command, a topic nor a"
                + " finding's code\n\nhint: stampguard help\n");
    assertThat(run("frobnicate").err())
        .isEqualTo(
            "stampguard: `frobnicate` is no command of `stampguard`\n\nhint: stampguard --help\n");
    assertThat(run("compare", "a", "b", "c").err())
        .startsWith("stampguard: `c` is one word too many for `stampguard compare`\n");
    assertThat(run("hook", "rnu").err()).doesNotContain("did you mean `run`");
  }

  @Test
  void aValueThatIsNoPairIsToldOnce() {
    assertThat(run("repair", "--backfill", "x").err())
        .startsWith("stampguard: value for option `--backfill` ")
        .doesNotContain("option option");
  }

  @Test
  void helpOnAFinding() {
    assertThat(run("help", "sg102").out()).startsWith("SG102").contains("never ran");
  }

  @Test
  void noCommandSaysWhatThereIs() {
    InProcess.Result result = run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("check", "diagnose");
  }

  @Test
  void anUnknownOptionIsOneSentenceAndAHint() {
    InProcess.Result result = run("check", "--outptu", "json");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("stampguard: unknown option")
        .contains("--outptu")
        .contains("\n\nhint: ");
  }

  @ParameterizedTest
  @CsvSource({
    "--driver-env, '`own`, `project`'",
    "--output, '`text`, `json`, `github`, `sarif`, `junit`'",
    "--color, '`auto`, `always`, `never`'",
    "--fail-on, '`info`, `warning`, `error`'"
  })
  void aWordThatAnOptionDoesNotTakeIsAnsweredWithThoseItDoes(String option, String words) {
    for (String[] line : new String[][] {{"check", option, "nope"}, {"check", option + "=nope"}}) {
      InProcess.Result result = run(line);
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
      assertThat(result.err())
          .isEqualTo(
              "stampguard: `%s` cannot be `nope`\n\nhint: it is one of %s\n"
                  .formatted(option, words));
    }
  }

  @Test
  void whatCannotBeParsedIsAnsweredInJsonToo() {
    InProcess.Result result = run("check", "--output", "json", "--nonsense");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).isEmpty();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out()).contains("\"command\": \"check\"", "\"exit_code\": 2");
  }

  @Test
  void aPasswordInTheWrongPlaceIsNotRepeated() {
    assertThat(run("check", URL).err()).doesNotContain("hunter2").contains("***");
    assertThat(run("check", "host=h password=hunter2").err()).doesNotContain("hunter2");
    assertThat(run("compare", "--output", "json", URL).out()).doesNotContain("hunter2");
  }

  @Test
  void aPasswordTypedWhereANameWasMeantIsNotRepeated() {
    for (String[] line :
        new String[][] {
          {"check", "--url-variable", URL},
          {"check", "--env-file", URL},
          {"check", "--project", URL},
          {"help", URL},
          {"target", "-o", URL + "/x"}
        }) {
      InProcess.Result result = run(line);
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
      assertThat(result.out() + result.err()).doesNotContain("hunter2");
    }
  }

  @Test
  void aLimitOfNothingIsAUsageError() throws IOException {
    alembicProject();
    for (String option : new String[] {"--statement-timeout", "--connect-timeout"}) {
      InProcess.Result result = run("check", "--url", URL, option, "0s");
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
      assertThat(result.err()).contains("`" + option + "` cannot be zero");
    }
  }

  @Test
  void aProjectWithoutMigrationToolIsAUsageError() {
    InProcess.Result result = run("check", "--url", URL);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("alembic, ").contains("hint: ", "help tools");
  }

  @Test
  void noTargetAnywhereSaysWhereItLooked() throws IOException {
    alembicProject();
    InProcess.Result result = run("check");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.err()).contains("DATABASE_URL").contains("hint: ");
  }

  @Test
  void aRefusedConnectionIsExitFive() throws IOException {
    alembicProject();
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String url = "postgresql://someone:hunter2@127.0.0.1:%d/devmatrix".formatted(port);
    for (String command : new String[] {"check", "diagnose", "history"}) {
      InProcess.Result result = run(command, "--url", url);
      assertThat(result.exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).doesNotContain("hunter2").doesNotContain("\tat ");
      assertThat(result.err().lines().count()).isEqualTo(3);
    }
    InProcess.Result json = run("diagnose", "--url", url, "--output", "json");
    assertThat(json.err()).isEmpty();
    assertThat(DocumentSchema.violations(json.out())).isEmpty();
  }

  @Test
  void waitingEndsAndSaysOnceThatItWaited() throws IOException {
    alembicProject();
    InProcess.Result result = run("check", "--url", "postgresql://u@127.0.0.1:1/d", "--wait", "3s");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
    assertThat(result.err().lines().filter(line -> line.contains("waiting: "))).hasSize(1);
  }

  @Test
  void targetSaysWhoWinsAndWhoLoses() throws IOException {
    Files.writeString(
        project.resolve(".env"), "A=1\n\nDATABASE_URL=postgresql://u:hunter2@db:6000/from_file\n");
    InProcess.Result result =
        InProcess.run(
            project,
            Map.of("DATABASE_URL", "postgresql+asyncpg://v:hunter2@db2/from_env"),
            "target",
            "--output",
            "json");
    assertThat(result.exitCode()).isZero();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out())
        .doesNotContain("hunter2")
        .contains("\"database\": \"from_env\"", "\"source\": \"environment DATABASE_URL\"")
        .contains("\"source\": \".env:3 DATABASE_URL\"", "\"database\": \"from_file\"");
  }

  @Test
  void aForbiddenDatabaseFailsTarget() throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), "policy.database=*_test\n");
    assertThat(run("target", "--url", "postgresql://u@h/devmatrix").exitCode())
        .isEqualTo(ExitCode.FINDINGS.code());
    assertThat(run("target", "--url", "postgresql://u@h/devmatrix_test").exitCode()).isZero();
  }

  @Test
  void aKindOfRunMayUseItsOwnDatabasesOnly() throws IOException {
    Files.writeString(
        project.resolve("stampguard.properties"),
        "policy.e2e.allow=*_test\npolicy.deploy.allow=devmatrix\n");
    assertThat(run("target", "--url", URL).exitCode()).isZero();
    assertThat(run("target", "--url", URL, "--run", "deploy").exitCode()).isZero();
    assertThat(run("target", "--url", URL, "--run", "e2e").exitCode())
        .isEqualTo(ExitCode.FINDINGS.code());
    InProcess.Result misspelt = run("target", "--url", URL, "--run", "e3e");
    assertThat(misspelt.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(misspelt.err()).contains("`--run` is `e3e`", "did you mean `e2e`?");
    InProcess.Result documented = run("target", "--url", URL, "--output", "markdown");
    assertThat(documented.out()).contains("| `e2e` | `*_test` | no |", "| `deploy` |");
  }

  @Test
  void outputGoesToAFileWholeOrNotAtAll() throws IOException {
    Path file = project.resolve("out.json");
    assertThat(run("target", "--url", URL, "--output", "json", "-o", "out.json").out()).isEmpty();
    String written = Files.readString(file);
    assertThat(DocumentSchema.violations(written)).isEmpty();
    InProcess.Result failed = run("target", "--url", "mysql://h/d", "-o", "out.json");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(file).hasContent(written);
    assertThat(run("target", "--url", URL, "-o", "missing/out.json").exitCode())
        .isEqualTo(ExitCode.USAGE.code());
    try (var files = Files.list(project)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLinkStaysALinkAndADeviceIsWrittenTo() throws IOException {
    Path real = Files.writeString(project.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(project.resolve("link.txt"), real);
    assertThat(run("target", "--url", URL, "-o", "link.txt").exitCode()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("devmatrix");
    Path toNull = Files.createSymbolicLink(project.resolve("null"), Path.of("/dev/null"));
    assertThat(run("target", "--url", URL, "-o", "null").exitCode()).isZero();
    assertThat(toNull).isSymbolicLink();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void theEnvFileIsFoundAboveTheProjectAsLoadDotenvFindsIt() throws IOException {
    Files.writeString(project.resolve(".env"), "DATABASE_URL=postgresql://u@h/above\n");
    Path backend = Files.createDirectories(project.resolve("backend/m/versions")).getParent();
    Files.writeString(backend.resolveSibling("alembic.ini"), "[alembic]\nscript_location = m\n");
    assertThat(InProcess.run(backend.getParent(), Map.of(), "target").out())
        .contains("`above`", "../.env:1 DATABASE_URL");
  }

  @Test
  void theProjectIsFoundUpwards() throws IOException {
    Files.writeString(project.resolve(".env"), "DATABASE_URL=postgresql://u@h/found\n");
    Path deep = Files.createDirectories(project.resolve("a/b/c"));
    assertThat(InProcess.run(deep, Map.of(), "target").out()).contains(".env:1 DATABASE_URL");
  }

  @Test
  void historyNeedsNoDatabaseWhenOffline() throws IOException {
    alembicProject();
    InProcess.Result result = run("history", "--offline", "--output", "json");
    assertThat(result.exitCode()).isZero();
    assertThat(DocumentSchema.violations(result.out())).isEmpty();
    assertThat(result.out()).contains("\"id\": \"a1\"");
  }

  @Test
  void aComputedVersionTableStopsOnlyWhoNeedsTheLedger() throws IOException {
    alembicProject();
    Files.writeString(
        project.resolve("m/env.py"), "context.configure(version_table=os.environ['X'])\n");
    InProcess.Result check = run("check", "--url", URL);
    assertThat(check.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(check.err()).contains("`m/env.py:1`").contains("version-table=");
    assertThat(run("history", "--offline").exitCode()).isZero();
    Files.writeString(project.resolve("stampguard.properties"), "version-table=mine\n");
    assertThat(run("check", "--url", URL).exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
  }

  private void alembicProject() throws IOException {
    Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = m\n");
    Path versions = Files.createDirectories(project.resolve("m/versions"));
    Files.writeString(
        versions.resolve("a1_start.py"),
        """
        from alembic import op
        import sqlalchemy as sa

        revision = "a1"
        down_revision = None


        def upgrade():
            op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))
        """);
  }
}
