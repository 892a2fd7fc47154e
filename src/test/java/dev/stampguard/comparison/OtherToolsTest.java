package dev.stampguard.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What README says of other tools, asked of them: a table that a migration made is dropped. */
class OtherToolsTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;

  @Test
  void alembicLooksAtItsLedgerOnly() {
    new AlembicFiles(project)
        .write("migrations/env.py", AlembicFiles.ENVIRONMENT)
        .revision("a1", "None", "op.create_table('users', sa.Column('id', sa.Integer))")
        .revision("b2", "'a1'", "op.create_table('orders', sa.Column('id', sa.Integer))");
    Alembic alembic = Alembic.require();
    String url = server.url(database);
    assertThat(alembic.run(project, url, List.of("upgrade", "head")).exitCode()).isZero();
    server.execute(database, "DROP TABLE orders");

    Alembic.Result current = alembic.run(project, url, List.of("current"));
    assertThat(current.exitCode()).isZero();
    assertThat(current.output()).contains("b2 (head)");
    assertThat(alembic.run(project, url, List.of("upgrade", "head")).exitCode()).isZero();

    InProcess.Result check = InProcess.run(project, Map.of("DATABASE_URL", url), "check");
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.err()).contains("is recorded at b2 but really at a1 (1 table missing)");
  }

  @Test
  void flywayComparesItsScriptsWithItsHistoryOnly() throws IOException {
    Files.writeString(project.resolve("V1__users.sql"), "CREATE TABLE users (id integer);");
    Files.writeString(project.resolve("V2__orders.sql"), "CREATE TABLE orders (id integer);");
    var source = new PGSimpleDataSource();
    source.setUrl("jdbc:" + server.url(database).replaceFirst("//.*@", "//"));
    source.setUser("postgres");
    source.setPassword("postgres");
    Flyway flyway = Flyway.configure().dataSource(source).locations("filesystem:" + project).load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
    server.execute(database, "DROP TABLE orders");

    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }
}
