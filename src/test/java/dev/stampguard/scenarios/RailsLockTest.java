package dev.stampguard.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.KnownLocks;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.ToolLock;
import dev.stampguard.tool.rails.RailsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The advisory lock that Rails itself holds while a migration of it looks. */
class RailsLockTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;

  @Test
  void itIsTheOneThatIsLookedFor() throws IOException {
    ProgramTool rails = ProgramTool.load("rails");
    rails.build(project);
    Files.writeString(
        project.resolve("db/migrate/20240105090000_held.rb"),
        """
        class Held < ActiveRecord::Migration[6.1]
          def up
            execute <<~SQL
              CREATE TABLE held AS SELECT classid::text AS c, objid::text AS o, objsubid::text AS s
              FROM pg_locks WHERE locktype = 'advisory' AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            SQL
          end
        end
        """);
    String database = server.createDatabase();
    rails.migrate(server, database, project);

    MigrationProject found = new RailsTool().detect(project).orElseThrow();
    var table = new QualifiedName("public", "schema_migrations");
    var ledger = new Ledger(table, true, List.of(), List.of(), true, OptionalInt.empty());
    var key = (ToolLock.Advisory) found.locks(ledger, database).getFirst();
    assertThat(server.texts(database, "SELECT c || ' ' || o || ' ' || s FROM held"))
        .isEqualTo(List.of("%d %d %d".formatted(key.classId(), key.objectId(), key.subId())));
    // As Python's zlib.crc32 says.
    assertThat(KnownLocks.rails("shop")).isEqualTo(5_939_944_341_529_942_170L);
    assertThat(KnownLocks.rails("Größe")).isEqualTo(5_113_684_748_871_977_985L);
  }
}
