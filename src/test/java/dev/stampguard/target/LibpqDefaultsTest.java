package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibpqDefaultsTest {
  @TempDir Path home;

  private LibpqDefaults.Completed complete(
      String url, Map<String, String> variables, Set<String> sockets) {
    var defaults =
        new LibpqDefaults(variables, home, "me", socket -> sockets.contains(socket.toString()));
    return defaults.complete(DatabaseUrl.parse(url, "here"), "here");
  }

  private Target target(String url, Map<String, String> variables) {
    return complete(url, variables, Set.of()).target();
  }

  private Path passwordFile(String permissions, String text) throws IOException {
    Path file = home.resolve(".pgpass");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void anSslModeThatDoesNotExistIsLookedForWhereItStands() {
    var variables = Map.of("PGSSLMODE", "bogus");
    var failure =
        catchThrowableOfType(
            StampguardException.class, () -> target("postgresql://h/d", variables));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessage("`PGSSLMODE` sets an `sslmode` that does not exist");
    assertThat(target("postgresql://h/d?sslmode=require", variables).parameters())
        .containsEntry("sslmode", "require");
  }

  @Test
  void variablesFillWhatTheUrlLeavesOpen() {
    var variables =
        Map.ofEntries(
            Map.entry("PGHOST", "h"),
            Map.entry("PGPORT", "6000"),
            Map.entry("PGUSER", "u"),
            Map.entry("PGPASSWORD", "p"),
            Map.entry("PGDATABASE", "d"),
            Map.entry("PGSSLMODE", "require"),
            Map.entry("PGSSLROOTCERT", "/ca.pem"),
            Map.entry("PGOPTIONS", "-c x=y"),
            Map.entry("PGAPPNAME", "a"),
            Map.entry("PGTARGETSESSIONATTRS", "any"),
            Map.entry("PGCONNECT_TIMEOUT", ""));

    var open = target("postgresql://", variables);
    assertThat(open.describe()).isEqualTo("postgresql://u@h:6000/d");
    assertThat(open.password()).contains(new Secret("p"));
    assertThat(open.parameters())
        .isEqualTo(
            Map.of(
                "sslmode", "require",
                "sslrootcert", "/ca.pem",
                "options", "-c x=y",
                "application_name", "a",
                "target_session_attrs", "any"));

    var full = target("postgresql://x:y@z:1/w?sslmode=disable", variables);
    assertThat(full.describe()).isEqualTo("postgresql://x@z:1/w");
    assertThat(full.password()).contains(new Secret("y"));
    assertThat(full.parameters()).containsEntry("sslmode", "disable");
  }

  @Test
  void anAddressFromTheEnvironmentLeadsOnlyWhereTheUrlNamesNoHost() {
    var variables = Map.of("PGHOST", "h", "PGHOSTADDR", "10.0.0.1");

    assertThat(target("postgresql://u@/d", variables).describe())
        .isEqualTo("postgresql://u@10.0.0.1:5432/d");
    assertThat(target("postgresql://u@z/d", variables).describe())
        .isEqualTo("postgresql://u@z:5432/d");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/run/postgresql/.s.PGSQL.5432, /var/run/postgresql",
    "/tmp/.s.PGSQL.5432, /tmp",
    "/tmp/.s.PGSQL.5433, /var/run/postgresql"
  })
  void anEmptyHostIsTheDirectoryThatHoldsASocket(String socket, String directory) {
    assertThat(complete("postgresql:///d", Map.of(), Set.of(socket)).target().endpoints())
        .containsExactly(new Target.Endpoint(directory, 5432));
  }

  @Test
  void aServiceComesBeforeTheVariablesAndAfterTheUrl() throws IOException {
    Files.writeString(
        home.resolve(".pg_service.conf"),
        """
        # comment
        [other]
        host=wrong
        [app]
        host=h
        dbname = d
        user=u

        password=p
        [app]
        host=never
        """);

    var target = target("postgresql://x@/?service=app", Map.of("PGHOST", "z", "PGPORT", "6000"));

    assertThat(target.describe()).isEqualTo("postgresql://x@h:6000/d");
    assertThat(target.password()).contains(new Secret("p"));
    assertThat(target.parameters()).isEmpty();
    assertThat(target("postgresql://", Map.of("PGSERVICE", "app")).describe())
        .isEqualTo("postgresql://u@h:5432/d");
  }

  @Test
  void serviceFilesAreLookedForWhereLibpqDoes() throws IOException {
    Path own = Files.writeString(home.resolve("own.conf"), "[a]\nhost=own\n");
    Files.writeString(home.resolve("pg_service.conf"), "[a]\nhost=system\n[b]\nhost=system\n");
    var variables = Map.of("PGSERVICEFILE", own.toString(), "PGSYSCONFDIR", home.toString());

    assertThat(target("service=a user=u", variables).describe())
        .isEqualTo("postgresql://u@own:5432/u");
    assertThat(target("service=b user=u", variables).describe())
        .isEqualTo("postgresql://u@system:5432/u");
    assertThat(target("service=a user=u servicefile=" + own, Map.of()).describe())
        .isEqualTo("postgresql://u@own:5432/u");
  }

  @Test
  void aServiceThatNoFileDefinesIsAnError() {
    var failure =
        catchThrowableOfType(
            StampguardException.class, () -> target("postgresql:///?service=app", Map.of()));

    assertThat(failure)
        .hasMessage("`here` asks for the service `app`, which no service file defines");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aServiceFilesMalformedLineIsNamedAndNotRepeated() throws IOException {
    Path file = Files.writeString(home.resolve(".pg_service.conf"), "[app]\nhunter2=x\n");

    var failure =
        catchThrowableOfType(StampguardException.class, () -> target("service=app", Map.of()));

    assertThat(failure).hasMessage("`%s:2` is not a libpq connection parameter", file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          h:5432:d:u:p          | p
          *:*:*:*:p             | p
          h:*:d:*:a\\:b\\\\c    | a:b\\c
          h:5432:d:u:p:rest     | p
          #h:5432:d:u:p         |
          h:5433:d:u:p          |
          h:5432:d:u            |
          h:5432:\\*:u:p        |
          localhost:5432:d:u:p  |
          """)
  void thePasswordFileIsReadAsLibpqDoes(String line, String password) throws IOException {
    passwordFile("rw-------", "x:1:y:z:wrong\r\n" + line + "\r\n*:*:*:nobody:wrong\n");

    assertThat(target("postgresql://u@h/d", Map.of()).password().map(Secret::reveal).orElse(null))
        .isEqualTo(password);
  }

  @Test
  void aDefaultSocketIsLocalhostInThePasswordFile() throws IOException {
    passwordFile("rw-------", "localhost:5432:d:u:p\n/run/pg:5432:d:u:q\n");

    assertThat(target("postgresql://u@/d", Map.of()).password()).contains(new Secret("p"));
    assertThat(target("postgresql://u@/d?host=/run/pg", Map.of()).password())
        .contains(new Secret("q"));
  }

  @Test
  void anotherPasswordFileMayBeNamed() throws IOException {
    Path file = passwordFile("rw-------", "*:*:*:*:p\n");
    Path other = Files.move(file, home.resolve("other"));

    assertThat(target("postgresql://u@h/d", Map.of("PGPASSFILE", other.toString())).password())
        .contains(new Secret("p"));
    assertThat(target("host=h passfile=" + other, Map.of()).password()).contains(new Secret("p"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-----w-"})
  void aPasswordFileOpenToOthersIsIgnoredWithAWarning(String permissions) throws IOException {
    Path file = passwordFile(permissions, "*:*:*:*:p\n");

    var completed = complete("postgresql://u@h/d", Map.of(), Set.of());

    assertThat(completed.target().password()).isEmpty();
    assertThat(completed.warning())
        .contains(
            "the password file `%s` is ignored: others may read it; `chmod 600` it"
                .formatted(file));
    assertThat(complete("postgresql://u:p@h/d", Map.of(), Set.of()).warning()).isEmpty();
  }
}
