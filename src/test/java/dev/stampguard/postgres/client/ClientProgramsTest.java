package dev.stampguard.postgres.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.testing.FakePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Majors no machine has yet, so that what is installed here does not matter. */
class ClientProgramsTest {
  @TempDir private Path directory;

  @Test
  void theServersOwnMajorIsBest() {
    String path = fake(80) + ":" + fake(82) + ":" + fake(81);

    assertThat(ClientPrograms.find(path, 81))
        .isEqualTo(new ClientPrograms(directory.resolve("81"), 81));
  }

  @Test
  void withoutItTheNewestServes() {
    String path = fake(80) + ":" + fake(82) + ":" + fake(84) + ":" + fake(83);

    assertThat(ClientPrograms.find(path, 81).major()).isEqualTo(84);
  }

  @Test
  void whatIsTooOldIsNamed() {
    String path = fake(80);

    assertThatThrownBy(() -> ClientPrograms.find(path, 90))
        .isInstanceOfSatisfying(
            StampguardException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
              assertThat(e)
                  .hasMessage(
                      "no `pg_dump` of PostgreSQL 90 or newer is installed; the newest found is 80"
                          + " in `%s`",
                      directory.resolve("80"));
              assertThat(e.hint().orElseThrow()).contains("`postgresql-client-90`");
            });
  }

  @Test
  void linksLeadToTheDirectoryThatHasThemAll() throws IOException {
    fake(85);
    Path links = Files.createDirectory(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("pg_dump"), directory.resolve("85/pg_dump"));

    assertThat(ClientPrograms.find(links.toString(), 85).directory())
        .isEqualTo(directory.resolve("85").toRealPath());
  }

  @Test
  void aWrapperThatChoosesByItselfIsNotUsed() throws IOException {
    FakePrograms.of(directory.resolve("share"), 86);
    Path wrapper =
        Files.move(directory.resolve("share/psql"), directory.resolve("share/pg_wrapper"));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    for (String name : new String[] {"pg_dump", "pg_restore", "psql"}) {
      Files.createSymbolicLink(bin.resolve(name), wrapper);
    }

    assertThatThrownBy(() -> ClientPrograms.find(bin.toString(), 86))
        .isInstanceOf(StampguardException.class);
  }

  private String fake(int major) {
    return FakePrograms.of(directory.resolve(Integer.toString(major)), major).path();
  }
}
