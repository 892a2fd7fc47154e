package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades by the real Alembic, and other commands, between two looks. */
@Tag("postgres")
class ExecCommandTest {
  private static final String COMMITS =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine

      with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  /** Alembic joins the transaction it finds, says that it is done, and nobody commits. */
  private static final String NEVER_COMMITS =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine

      with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
          connection.begin()
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;

  @BeforeEach
  void begin() {
    new AlembicFiles(project)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))")
        .revision("b2", "'a1'", "op.create_table('orders', sa.Column('id', sa.Integer))");
  }

  private InProcess.Result exec(List<String> options, String... command) {
    var words = new ArrayList<>(List.of("exec"));
    words.addAll(options);
    words.add("--");
    words.addAll(List.of(command));
    return InProcess.run(
        project,
        Map.of(
            "DATABASE_URL",
            server.url(database),
            "PATH",
            System.getenv("PATH"),
            "PYTHONDONTWRITEBYTECODE",
            "1"),
        words.toArray(String[]::new));
  }

  private InProcess.Result alembic(String environment, String... arguments) throws IOException {
    Files.writeString(project.resolve("migrations/env.py"), environment);
    return exec(List.of(), Alembic.require().command(List.of(arguments)).toArray(String[]::new));
  }

  private void assertIdle(InProcess.Result result, String subject) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.err())
        .contains(
            "said it succeeded, but ledger and schema are what they were before it ran: " + subject,
            "\n\nhint: compare the database it uses with `stampguard target`");
  }

  @Test
  void anUpgradeThatDoesWhatItSaysIsSilent() throws IOException {
    InProcess.Result result = alembic(COMMITS, "upgrade", "head");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    InProcess.Result again = alembic(COMMITS, "upgrade", "head");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).isEmpty();
  }

  @Test
  void anUpgradeThatNobodyCommitsIsTold() throws IOException {
    assertIdle(
        alembic(NEVER_COMMITS, "upgrade", "head"),
        "2 revisions from `a1` on are still not applied");
  }

  @Test
  void aHollowLedgerThatAnUpgradeLeavesAloneIsTold() throws IOException {
    alembic(COMMITS, "upgrade", "a1");
    server.execute(database, "UPDATE alembic_version SET version_num = 'b2'");
    assertIdle(alembic(COMMITS, "upgrade", "head"), "revision `b2` is still not applied");
  }

  @Test
  void whatNoUpgradeEndsIsNotItsFault() throws IOException {
    alembic(COMMITS, "upgrade", "head");
    server.execute(
        database, "ALTER TABLE orders ADD COLUMN note text; ALTER TABLE users DROP COLUMN id");
    assertThat(exec(List.of(), "true").err()).doesNotContain("said it succeeded");
    Files.writeString(
        project.resolve("stampguard.properties"),
        "ignore=SG104:column public.users.* # goes with the next release\n");
    InProcess.Result accepted = exec(List.of(), "true");
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
  }

  @Test
  void aStampIsNoUpgrade() throws IOException {
    InProcess.Result result = alembic(COMMITS, "stamp", "head");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.err()).startsWith("stampguard: inconsistent: `" + database + "`");
  }

  @Test
  void aStepOnTheWayIsFineUnlessTheHeadIsRequired() throws IOException {
    Files.writeString(project.resolve("migrations/env.py"), COMMITS);
    String[] step = Alembic.require().command(List.of("upgrade", "+1")).toArray(String[]::new);
    assertThat(exec(List.of(), step).exitCode()).isZero();
    server.execute(database, "DROP TABLE users; DELETE FROM alembic_version");
    InProcess.Result required = exec(List.of("--require-head"), step);
    assertThat(required.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(required.err()).startsWith("stampguard: behind: ");
  }

  @Test
  void aCommandThatFailsEndsAsItDoes() {
    InProcess.Result result = exec(List.of(), "sh", "-c", "exit 42");
    assertThat(result.exitCode()).isEqualTo(42);
    assertThat(result.err()).isEmpty();
    assertThat(exec(List.of(), "sh", "-c", "kill -TERM $$").exitCode()).isEqualTo(143);
  }

  @Test
  void aCommandThatIsNotThereIsOneSentence() throws IOException {
    InProcess.Result missing = exec(List.of(), "no-such-program", "--flag");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(missing.err())
        .startsWith(
            "stampguard: `no-such-program` cannot be run: there is no such program\n\nhint: ");
    Files.writeString(project.resolve("plain.sh"), "exit 0");
    assertThat(exec(List.of(), "./plain.sh").err())
        .contains("it is not executable\n\nhint: chmod +x ./plain.sh");
    assertThat(exec(List.of(), "postgresql://u@h/d").err())
        .contains("it is a URL\n\nhint: name the database with `--url URL`")
        .doesNotContain("chmod");
    assertThat(exec(List.of(), "./missing.sh").err())
        .contains("there is no such program\n\nhint: see that the path is right")
        .doesNotContain("chmod");
    assertThat(exec(List.of(), project.toString()).err()).contains("it is a directory");
    assertThat(exec(List.of()).exitCode()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void nothingRunsOnADatabaseThatCannotBeLookedAt() {
    Path trace = project.resolve("trace");
    InProcess.Result result =
        exec(List.of("--url", server.url("nowhere")), "touch", trace.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
    assertThat(trace).doesNotExist();
  }

  @Test
  void theDocumentGoesToAFileAndHoldsNoPassword() throws IOException {
    InProcess.Result refused = exec(List.of("--output", "json"), "true");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.code());
    InProcess.Result result =
        exec(
            List.of("--output", "json", "-o", "exec.json"),
            "sh",
            "-c",
            "true",
            "postgresql://me:hunter2@host/db");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out()).isEmpty();
    String document = Files.readString(project.resolve("exec.json"));
    assertThat(DocumentSchema.violations(document)).isEmpty();
    assertThat(document)
        .contains("\"command\": \"exec\"", "\"SG108\"", "\"verdict\": \"behind\"")
        .doesNotContain("hunter2");
  }

  @Test
  void nothingRunsOnADatabaseThatThePolicyForbids() throws IOException {
    Files.writeString(project.resolve("stampguard.properties"), "policy.database=only_*\n");
    Path trace = project.resolve("trace");
    InProcess.Result refused = exec(List.of(), "touch", trace.toString());
    assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.code());
    assertThat(refused.err())
        .contains(
            "`stampguard.properties:1 policy.database` forbids `%s`".formatted(database),
            "hint: name a database that fits `only_*`");
    assertThat(trace).doesNotExist();
  }
}
