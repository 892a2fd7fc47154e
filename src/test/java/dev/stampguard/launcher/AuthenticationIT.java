package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ways into a server that asks who is there: TLS with an authority of one's own, passwords, and the
 * local socket. Most of it is the JDK's cryptography and pgjdbc's plugins, found by name.
 */
class AuthenticationIT {
  private static final PostgresServer SERVER = PostgresServer.local();
  private static final String DATABASE = SERVER.createDatabase();

  @TempDir private static Path authority;
  private static Path hba;
  private static String trusting;

  @TempDir private Path directory;

  @BeforeAll
  static void askWhoIsThere() throws IOException, SQLException, InterruptedException {
    makeCertificates();
    SERVER.execute(
        DATABASE,
        """
        SET password_encryption = 'scram-sha-256';
        CREATE ROLE by_scram LOGIN PASSWORD 'scr@m';
        CREATE ROLE by_tls LOGIN PASSWORD 'tls';
        SET password_encryption = 'md5';
        CREATE ROLE by_md5 LOGIN PASSWORD 'md 5';
        CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
        CREATE TABLE users (id int);
        GRANT SELECT ON alembic_version TO PUBLIC;
        INSERT INTO alembic_version VALUES ('a1')
        """);
    hba = Path.of(show("hba_file"));
    trusting = Files.readString(hba);
    Files.writeString(
        hba,
        """
        hostssl   all by_tls   all scram-sha-256
        hostnossl all by_tls   all reject
        host      all by_scram all scram-sha-256
        host      all by_md5   all md5
        """
            + trusting);
    SERVER.execute(
        "postgres", "ALTER SYSTEM SET ssl_cert_file = '%s'".formatted(file("server.crt")));
    SERVER.execute(
        "postgres", "ALTER SYSTEM SET ssl_key_file = '%s'".formatted(file("server.key")));
    SERVER.execute("postgres", "ALTER SYSTEM SET ssl = on");
    reload();
    assertThat(show("ssl")).isEqualTo("on");
  }

  @AfterAll
  static void trustAgain() throws IOException, SQLException, InterruptedException {
    Files.writeString(hba, trusting, StandardOpenOption.TRUNCATE_EXISTING);
    SERVER.execute("postgres", "ALTER SYSTEM RESET ALL");
    reload();
  }

  @BeforeEach
  void begin() {
    new AlembicFiles(directory)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))");
  }

  @Test
  void certificateIsProvenByTheAuthorityThatSslrootcertNames() {
    String secure = url("by_tls", "tls", "localhost") + "?sslmode=verify-full&sslrootcert=";
    assertHealthy(secure + file("authority.crt"));

    Shell.Result stranger = check(secure + file("stranger.crt"));
    assertThat(stranger.exitCode()).isEqualTo(5);
    assertThat(stranger.err())
        .contains(
            "no encrypted connection",
            "no authority in `%s` vouches for the server's certificate\n\nhint: "
                .formatted(file("stranger.crt")))
        .doesNotContain("Exception", "PKIX");

    Shell.Result missing = check(secure + file("nowhere.crt"));
    assertThat(missing.exitCode()).isEqualTo(5);
    assertThat(missing.err())
        .contains("`%s` cannot be read\n\nhint: ".formatted(file("nowhere.crt")));
  }

  @Test
  void certificateOfAnotherNameIsRefusedByVerifyFullAlone() {
    String root = "&sslrootcert=" + file("authority.crt");
    String elsewhere = url("by_tls", "tls", "127.0.0.1");
    Shell.Result refused = check(elsewhere + "?sslmode=verify-full" + root);
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err())
        .contains("the server's certificate is not for `127.0.0.1`\n\nhint: ")
        .doesNotContain("erifier");
    assertHealthy(elsewhere + "?sslmode=verify-ca" + root);
    assertHealthy(elsewhere + "?sslmode=require");
    assertThat(check(elsewhere + "?sslmode=disable").exitCode()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"by_scram, scr%40m", "by_md5, md%205"})
  void passwordOpensAndAWrongOneIsRefused(String role, String password) {
    assertHealthy(url(role, password, "localhost"));
    Shell.Result refused = check(url(role, "sesame", "localhost"));
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains(role, "\n\nhint: ").doesNotContain("sesame", "Exception");
  }

  @Test
  void passwordComesFromTheEnvironmentToo() {
    Shell.Result result =
        new Program(directory)
            .with(
                Map.of(
                    "PGHOST", "localhost",
                    "PGPORT", "" + SERVER.port(),
                    "PGUSER", "by_scram",
                    "PGPASSWORD", "scr@m",
                    "DATABASE_URL", "postgresql:///" + DATABASE))
            .run("check");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void localSocketIsADoorToo() throws SQLException {
    String socket = show("unix_socket_directories").split(",")[0].strip();
    assertHealthy(
        "postgresql:///%s?host=%s&port=%d&user=postgres"
            .formatted(DATABASE, socket, SERVER.port()));
  }

  private void assertHealthy(String url) {
    Shell.Result result = check(url);
    assertThat(result.exitCode()).as("%s: %s", url, result.err()).isZero();
    assertThat(result.out() + result.err()).isEmpty();
  }

  private Shell.Result check(String url) {
    return new Program(directory).with("DATABASE_URL", url).run("check");
  }

  private static String url(String role, String password, String host) {
    return "postgresql://%s:%s@%s:%d/%s".formatted(role, password, host, SERVER.port(), DATABASE);
  }

  private static String show(String setting) throws SQLException {
    try (Connection connection = SERVER.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The server says that it was told, and reads a little later. */
  private static void reload() throws SQLException, InterruptedException {
    String before = loaded();
    SERVER.execute("postgres", "SELECT pg_reload_conf()");
    for (int i = 0; i < 200 && loaded().equals(before); i++) {
      Thread.sleep(20);
    }
    assertThat(loaded()).isNotEqualTo(before);
  }

  private static String loaded() throws SQLException {
    try (Connection connection = SERVER.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_conf_load_time()")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Path file(String name) {
    return authority.resolve(name);
  }

  /** An authority, a server's certificate of its making for `localhost`, and a stranger. */
  private static void makeCertificates() {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout authority.key -out authority.crt");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=stranger -keyout stranger.key -out stranger.crt");
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout server.key -out server.csr");
    openssl(
        "x509 -req -days 2 -in server.csr -CA authority.crt -CAkey authority.key -CAcreateserial -copy_extensions copy -out server.crt");
  }

  private static void openssl(String words) {
    Shell.Result made =
        Shell.run(
            authority,
            Map.of("PATH", System.getenv("PATH")),
            List.of(("openssl " + words).split(" ")));
    assertThat(made.exitCode()).as(made.err()).isZero();
  }
}
