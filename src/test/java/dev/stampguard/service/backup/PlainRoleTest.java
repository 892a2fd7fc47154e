package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.DatabaseState;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.StateReader;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.target.Target;
import dev.stampguard.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A role that owns its database and may make others, and is no superuser: the usual one. */
@Tag("postgres")
class PlainRoleTest {
  private static final String PRIVILEGES =
      "SELECT pg_get_userbyid(datdba) || datacl::text FROM pg_database"
          + " WHERE datname = current_database()";

  private final PostgresServer server = PostgresServer.local();
  private final String database = server.createDatabase();
  private final String role = "plain_" + database;
  private final Target target = Connectors.as(server.target(database), role);
  @TempDir private Path project;

  @BeforeEach
  void make() {
    server.execute(
        "postgres",
        """
        CREATE ROLE %1$s LOGIN CREATEDB;
        CREATE ROLE reader_%1$s;
        ALTER DATABASE %2$s OWNER TO %1$s
        """
            .formatted(role, database));
    server.execute(
        database,
        """
        GRANT ALL ON SCHEMA public TO %1$s;
        SET ROLE %1$s;
        CREATE EXTENSION pg_trgm;
        CREATE TABLE alembic_version (version_num varchar(32));
        INSERT INTO alembic_version VALUES ('a1');
        CREATE TABLE notes (id serial PRIMARY KEY, text text, owner text DEFAULT current_user);
        CREATE INDEX ON notes USING gin (text gin_trgm_ops);
        INSERT INTO notes (text) SELECT 'n' || n FROM generate_series(1, 20) n;
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON notes TO reader_%1$s USING (owner = current_user);
        GRANT SELECT ON notes TO reader_%1$s;
        ALTER DATABASE %2$s SET search_path = public, extensions;
        REVOKE CONNECT ON DATABASE %2$s FROM PUBLIC;
        GRANT CONNECT ON DATABASE %2$s TO reader_%1$s
        """
            .formatted(role, database));
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "SCHEMA"})
  void itGoesBack(Manifest.Kind kind) throws SQLException {
    Backup backup = backUp(kind);
    assertThat(verify(backup, new ScratchPlacement.TargetServer(), Optional.of(target))).isEmpty();
    DatabaseState before = state();
    String privileges = value(PRIVILEGES);
    server.execute(database, "SET ROLE %s; CREATE TABLE added ()".formatted(role));
    DatabaseState after = state();

    Restorer.Restored restored = restore(backup, after);

    assertThat(restored.warnings()).isEmpty();
    assertThat(state().tables()).isEqualTo(before.tables());
    assertThat(state().fingerprint()).isEqualTo(before.fingerprint());
    assertThat(value(PRIVILEGES)).isEqualTo(privileges).startsWith(role);
    assertThat(value("SELECT last_value FROM notes_id_seq")).isEqualTo("20");
  }

  /** Where the server cannot be asked, its roles are made. */
  @Test
  void aBackupIsProvenWithoutItsServer() {
    for (Manifest.Kind kind : List.of(Manifest.Kind.FULL, Manifest.Kind.SCHEMA)) {
      Backup backup = backUp(kind);

      assertThat(verify(backup, new ScratchPlacement.Auto(), Optional.empty())).isEmpty();
    }
  }

  @Test
  void withoutAPlaceItIsSaid() {
    Backup backup = backUp(Manifest.Kind.FULL);

    assertThatThrownBy(() -> verify(backup, new ScratchPlacement.Nowhere(), Optional.empty()))
        .hasMessageContaining("there is no place to restore `%s` to".formatted(backup.id()));
  }

  private Backup backUp(Manifest.Kind kind) {
    return new BackupMaker(Shop.connector(), new BackupStore(project.resolve("backups")))
        .make(
            new BackupMaker.Request(
                target,
                kind,
                Set.of(),
                1,
                Optional.of(Shop.ledger()),
                Optional.empty(),
                project,
                List.of(),
                Shop.path(server),
                "0.1",
                Shop.TIME),
            Progress.NONE);
  }

  private List<String> verify(Backup backup, ScratchPlacement placement, Optional<Target> asked) {
    return new BackupVerifier(Shop.connector())
        .verify(
            new BackupVerifier.Request(
                backup, placement, asked, 1, server.programs() + ":" + Shop.path(server)),
            Progress.NONE);
  }

  private Restorer.Restored restore(Backup backup, DatabaseState after) {
    return new Restorer(Shop.connector())
        .restore(
            new Restorer.Request(
                backup,
                Optional.of(target),
                Restorer.Parts.ALL,
                Optional.of(after),
                Optional.of(Shop.ledger()),
                false,
                false,
                false,
                2,
                project,
                Shop.path(server),
                Shop.TIME),
            Progress.NONE);
  }

  private DatabaseState state() {
    return new StateReader(Optional.of(Shop.ledger())).read(Shop.connector(), target);
  }

  private String value(String sql) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
