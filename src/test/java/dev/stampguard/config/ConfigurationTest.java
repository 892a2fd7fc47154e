package dev.stampguard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.config.ReplayConfiguration.DriverEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path project;

  private void write(String text) throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), text);
  }

  private Configuration load(Map<String, String> environment) {
    return Configuration.load(project, environment);
  }

  private StampguardException failure(Map<String, String> environment) {
    var failure = catchThrowableOfType(StampguardException.class, () -> load(environment));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    return failure;
  }

  @Test
  void nothingIsSetWithoutFileAndVariables() {
    assertThat(load(Map.of("PATH", "/bin")))
        .isEqualTo(
            new Configuration(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new RunPolicies(List.of()),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ReplayConfiguration(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    Optional.empty())));
  }

  @Test
  void everyKeyIsReadFromTheFile() throws IOException {
    write(
        """
        # for the pipeline
        ! too

        url-variable = TEST_DATABASE_URL
        env-file=.env.test
        fail-on=warning
        connect-timeout=500ms
        statement-timeout=2
        color=never
        output=json
        reference=postgresql://ci:pässword@db/reference?sslmode=require
        require-head=true
        policy.database=*_test
        ignore=SG112:table public.legacy_* # the old reports
        ignore=SG105:column public.users.email
        version-table=ledger
        version-table-schema=meta
        backup-directory=../backups
        scratch=server
        python=.tox/bin/python
        driver-env=project
        x-arguments=tenant=acme, region=eu
        extensions=citext,pg_trgm
        naming-convention.pk=pk_%(table_name)s
        naming-convention.uq=uq_%(table_name)s_%(column_0_name)s
        tool=flyway
        migrations=db/changes
        replay.command=npx knex migrate:up
        remember=false
        """);

    var configuration = load(Map.of());

    assertThat(configuration.urlVariable()).contains("TEST_DATABASE_URL");
    assertThat(configuration.envFile()).contains(project.resolve(".env.test"));
    assertThat(configuration.failOn()).contains(FailOn.WARNING);
    assertThat(configuration.connectTimeout()).contains(Duration.ofMillis(500));
    assertThat(configuration.statementTimeout()).contains(Duration.ofSeconds(2));
    assertThat(configuration.color()).contains(ColorMode.NEVER);
    assertThat(configuration.output())
        .contains(new Setting("json", "stampguard.properties:10 output"));
    assertThat(configuration.reference())
        .contains(
            new Setting(
                "postgresql://ci:pässword@db/reference?sslmode=require",
                "stampguard.properties:11 reference"));
    assertThat(configuration.requireHead()).contains(true);
    assertThat(configuration.remember()).isFalse();
    assertThat(configuration.databasePolicy())
        .contains(
            new DatabasePolicy(
                List.of(new Glob("*_test")), "stampguard.properties:13 policy.database"));
    assertThat(configuration.ignores())
        .containsExactly(
            new IgnoreRule(
                "SG112",
                "table public.legacy_*",
                "the old reports",
                "stampguard.properties:14 ignore"),
            new IgnoreRule(
                "SG105",
                "column public.users.email",
                "no reason given",
                "stampguard.properties:15 ignore"));
    assertThat(configuration.versionTable()).contains("ledger");
    assertThat(configuration.versionTableSchema()).contains("meta");
    assertThat(configuration.backupDirectory()).contains(project.resolve("../backups"));
    assertThat(configuration.replay())
        .isEqualTo(
            new ReplayConfiguration(
                Optional.of(new Setting("server", "stampguard.properties:19 scratch")),
                Optional.of(".tox/bin/python"),
                Optional.of(DriverEnvironment.PROJECT),
                Map.of("pk", "pk_%(table_name)s", "uq", "uq_%(table_name)s_%(column_0_name)s"),
                List.of("tenant=acme", "region=eu"),
                List.of("citext", "pg_trgm"),
                Optional.of("npx knex migrate:up")));
    assertThat(configuration.tool())
        .contains(new Setting("flyway", "stampguard.properties:26 tool"));
    assertThat(configuration.migrations())
        .contains(new Setting("db/changes", "stampguard.properties:27 migrations"));
    assertThat(configuration.toString()).doesNotContain("pässword");
  }

  @Test
  void variablesWinOverTheFileAndIgnoreRulesAddUp() throws IOException {
    write("fail-on=info\ncolor=always\nignore=SG112:table a\n");

    var configuration =
        load(
            Map.of(
                "STAMPGUARD_FAIL_ON", "error",
                "STAMPGUARD_COLOR", " ",
                "STAMPGUARD_POLICY_DATABASE", "app_?",
                "STAMPGUARD_IGNORE", "SG112:table b # why\n\n  SG105:view c\n"));

    assertThat(configuration.failOn()).contains(FailOn.ERROR);
    assertThat(configuration.color()).contains(ColorMode.ALWAYS);
    assertThat(configuration.databasePolicy().orElseThrow().where())
        .isEqualTo("environment STAMPGUARD_POLICY_DATABASE");
    assertThat(configuration.ignores())
        .extracting(IgnoreRule::code, IgnoreRule::glob, IgnoreRule::reason)
        .containsExactly(
            tuple("SG112", "table a", "no reason given"),
            tuple("SG112", "table b", "why"),
            tuple("SG105", "view c", "no reason given"));
  }

  @Test
  void aKindOfRunHasItsOwnPolicyAndWithoutOneTheGeneralHolds() throws IOException {
    write("policy.e2e.allow=*_test, ci_*\npolicy.dry-run.allow=app_dev\npolicy.database=app*\n");

    var configuration = load(Map.of("STAMPGUARD_POLICY_DRY_RUN_ALLOW", "app_stage"));

    assertThat(configuration.policy(Optional.of("e2e")))
        .contains(
            new DatabasePolicy(
                List.of(new Glob("*_test"), new Glob("ci_*")),
                "stampguard.properties:1 policy.e2e.allow"));
    assertThat(configuration.policy(Optional.of("dry-run")).orElseThrow())
        .isEqualTo(
            new DatabasePolicy(
                List.of(new Glob("app_stage")), "environment STAMPGUARD_POLICY_DRY_RUN_ALLOW"));
    assertThat(configuration.policy(Optional.empty()).orElseThrow().patterns()).isEqualTo("app*");
    assertThat(load(Map.of("STAMPGUARD_RUN", "e2e")).policy(Optional.empty()).orElseThrow())
        .matches(policy -> policy.allows("ci_7") && !policy.allows("app_dev"));
  }

  @Test
  void aKindOfRunWithoutAPolicyIsAMistake() throws IOException {
    write("policy.e2e.allow=*_test\npolicy.deploy.allow=app\n");

    var failure =
        catchThrowableOfType(
            StampguardException.class,
            () -> load(Map.of("STAMPGUARD_RUN", "e2")).policy(Optional.empty()));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure)
        .hasMessage(
            "`environment STAMPGUARD_RUN` is `e2`, and no policy in `stampguard.properties` is for"
                + " such a run");
    assertThat(failure.hint()).contains("did you mean `e2e`?");
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearestKnownOne() throws IOException {
    write("color=never\nfailon=error\n");

    var failure = failure(Map.of());

    assertThat(failure).hasMessage("`stampguard.properties:2` sets the unknown key `failon`");
    assertThat(failure.hint()).contains("did you mean `fail-on`?");
  }

  /** Everything that is run in a guarded container has them in its environment. */
  @Test
  void theVariablesOfTheEntrypointAreNoneOfItsOwn() throws IOException {
    Set<String> read =
        Pattern.compile("\\$\\{(STAMPGUARD_\\w+)")
            .matcher(Files.readString(Path.of("docker/entrypoint.sh")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(read).hasSize(7).contains("STAMPGUARD_MODE", "STAMPGUARD_BACKUP_DIRECTORY");
    read.remove("STAMPGUARD_BACKUP_DIRECTORY");

    assertThat(load(read.stream().collect(Collectors.toMap(name -> name, name -> "x"))))
        .isEqualTo(load(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "policy.e2e.alow, policy.e2e.allow",
    "policy.allow, policy.KIND.allow",
    "policy.databse, policy.database"
  })
  void aMisspelledPolicyNamesTheOneThatIsMeant(String label, String meant) throws IOException {
    write(label + "=*_test\n");

    assertThat(failure(Map.of()).hint()).contains("did you mean `%s`?".formatted(meant));
  }

  @Test
  void anUnknownVariableNamesTheNearestKnownOne() {
    var failure = failure(Map.of("STAMPGUARD_CONECT_TIMEOUT", "1s"));

    assertThat(failure)
        .hasMessage("the environment sets the unknown variable `STAMPGUARD_CONECT_TIMEOUT`");
    assertThat(failure.hint()).contains("did you mean `STAMPGUARD_CONNECT_TIMEOUT`?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fail-on=fatal           | `stampguard.properties:1 fail-on` cannot be `fatal`
          color=yes               | `stampguard.properties:1 color` cannot be `yes`
          require-head=yes        | `stampguard.properties:1 require-head` cannot be `yes`
          connect-timeout=soon    | `stampguard.properties:1 connect-timeout` is not a duration: `soon`
          policy.e2e.allow= ,     | `stampguard.properties:1 policy.e2e.allow` has no value
          output=                 | `stampguard.properties:1 output` has no value
          ignore=table public.a   | `stampguard.properties:1 ignore` is not of the form `CODE:object # reason`
          ignore=SG112: # because | `stampguard.properties:1 ignore` is not of the form `CODE:object # reason`
          postgresql://u:pw@h?a=b | `stampguard.properties:1` is not of the form `key=value`
          fail-on                 | `stampguard.properties:1` is not of the form `key=value`
          """)
  void aValueThatMakesNoSenseNamesItsPlace(String line, String message) throws IOException {
    write(line + "\n");

    assertThat(failure(Map.of())).hasMessage(message);
  }

  @Test
  void aRepeatedKeyNamesBothLines() throws IOException {
    write("color=never\n\ncolor=auto\n");

    assertThat(failure(Map.of()))
        .hasMessage(
            "`stampguard.properties:3 color` is set a second time, after"
                + " `stampguard.properties:1 color`");
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkDoNotCount() throws IOException {
    write("\uFEFFcolor=never\r\nfail-on=info\r\n");

    var configuration = load(Map.of());

    assertThat(configuration.color()).contains(ColorMode.NEVER);
    assertThat(configuration.failOn()).contains(FailOn.INFO);
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Files.write(
        project.resolve("stampguard.properties"),
        "reference=pässword".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(failure(Map.of())).hasMessage("`stampguard.properties` is not UTF-8 text");
  }
}
