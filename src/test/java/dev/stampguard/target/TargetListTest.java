package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetListTest {
  @TempDir private Path directory;

  private List<Target> parse(String text, Map<String, String> environment) {
    return TargetList.parse(
        text,
        "fleet.txt",
        new TargetRequest(
            directory,
            directory,
            Optional.empty(),
            Optional.empty(),
            "DATABASE_URL",
            environment,
            directory,
            "somebody",
            Optional.empty()));
  }

  @Test
  void readsOneDatabaseALineInTheFilesOrder() {
    List<Target> targets =
        parse(
            """
            \ufeff# the fleet
            postgresql://a:secret@one:5433/first

              # an indented remark
              postgresql+asyncpg://b@two/second?sslmode=disable\r
            host=three dbname=third user=c
            """,
            Map.of());

    assertThat(targets)
        .extracting(Target::describe)
        .containsExactly(
            "postgresql://a@one:5433/first",
            "postgresql://b@two:5432/second",
            "postgresql://c@three:5432/third");
    assertThat(targets)
        .extracting(Target::source)
        .containsExactly("fleet.txt:2", "fleet.txt:5", "fleet.txt:6");
  }

  @Test
  void fillsGapsFromVariablesTheEnvironmentFileAndThePasswordFile() throws IOException {
    Files.writeString(directory.resolve(".env"), "PGUSER=from_env_file\n");
    Path passwords = Files.writeString(directory.resolve(".pgpass"), "one:5433:*:*:kept\n");
    Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));

    List<Target> targets =
        parse("postgresql://one/first\npostgresql://x:own@two/second", Map.of("PGPORT", "5433"));

    assertThat(targets.getFirst().describe())
        .isEqualTo("postgresql://from_env_file@one:5433/first");
    assertThat(targets.getFirst().password()).contains(new Secret("kept"));
    assertThat(targets.getLast().password()).contains(new Secret("own"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:hunter2@host:notaport/db",
        "u:hunter2@host/db",
        "mysql://u:hunter2@host/db",
        "postgresql://u:hunter2%zz@host/db",
        "password=hunter2 sslmode=bogus"
      })
  void aBadLineIsNamedByItsPlaceAndNotRepeated(String line) {
    assertThatThrownBy(() -> parse("postgresql://fine/db\n\n" + line + "\n", Map.of()))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e).hasMessageContaining("`fleet.txt:3`");
              assertThat(e.getMessage() + e.hint()).doesNotContain("hunter2");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing yet\n"})
  void aListOfNothingIsAMistake(String text) {
    assertThatThrownBy(() -> parse(text, Map.of()))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("`fleet.txt` names no database");
  }
}
