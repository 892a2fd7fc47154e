package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are configured to run migrations, and do something else. */
@Tag("postgres")
class ReplayCommandTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;

  private InProcess.Result snapshot(String command) throws IOException {
    ProgramTool.load("ecto").build(project);
    Files.writeString(
        project.resolve("stampguard.properties"), "replay.command=%s\n".formatted(command));
    return new FlywayRuns(server, server.createDatabase(), project)
        .run("snapshot", "--scratch", server.url("postgres"));
  }

  @Test
  void oneThatGoesElsewhereIsRefused() throws IOException {
    InProcess.Result result = snapshot("true");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err())
        .contains("`true` ended well and recorded nothing of `20240101090000`")
        .contains("hint: let the project take its database from `DATABASE_URL`");
    assertThat(project.resolve("stampguard.lock")).doesNotExist();
  }

  @Test
  void oneThatRunsMoreThanItWasToldIsRefused() throws IOException {
    InProcess.Result result = snapshot("sh ./migrate {revision}");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err())
        .contains("was to run `20240101090000` and ran `20240102090000`, `20240103090000`");
  }

  @Test
  void oneThatFailsSaysWhy() throws IOException {
    ProgramTool.load("ecto").build(project);
    Files.writeString(project.resolve("sql/20240102090000_books.sql"), "SELECT * FROM publishers;");

    InProcess.Result result =
        new FlywayRuns(server, server.createDatabase(), project)
            .run("snapshot", "--scratch", server.url("postgres"));

    assertThat(result.out() + result.err())
        .contains("`20240102090000` needs", "`table public.publishers`")
        .doesNotContain("psql:");
  }

  @Test
  void oneThatIsNotThereIsSaid() throws IOException {
    InProcess.Result result = snapshot("no-such-program {revision}");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("`no-such-program` cannot be run: there is no such program on `PATH`")
        .contains("replay.command=");
  }
}
