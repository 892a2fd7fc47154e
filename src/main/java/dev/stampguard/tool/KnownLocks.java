package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The locks that migration tools take, by name: rows that stay when their holder dies, and advisory
 * locks whose keys are in the tools' sources.
 */
final class KnownLocks {
  private static final long UNSIGNED = 0xFFFF_FFFFL;

  /** {@code ActiveRecord::Migrator::MIGRATOR_SALT}. */
  private static final long RAILS = 2_053_462_845L;

  /** {@code PG_MIGRATE_LOCK_ID}. */
  private static final long NODE_PG_MIGRATE = 7_241_865_325_823_964L;

  private static final long PRISMA = 72_707_369L;
  private static final long SQITCH = 75_474_063L;

  /** {@code generate_lock_id} of sqlx-postgres. */
  private static final long SQLX = 0x3d32_ad9eL;

  /** {@code advisoryLockIDSalt}, of 32 bits as all of the key. */
  private static final long GOLANG_MIGRATE = 1_486_364_155L;

  private KnownLocks() {}

  /**
   * A tool's lock.
   *
   * @param ledger as it was found
   * @param database the database's name
   * @return empty when the tool takes none that is known
   */
  static Optional<ToolLock> of(String tool, Ledger ledger, String database) {
    QualifiedName table = ledger.table();
    return switch (tool) {
      case "knex" -> Optional.of(knex(beside(table, table.name() + "_lock")));
      case "liquibase" -> Optional.of(liquibase(beside(table, "databasechangeloglock")));
      case "rails" -> Optional.of(ToolLock.Advisory.of(RAILS * crc(database)));
      case "prisma" -> Optional.of(ToolLock.Advisory.of(PRISMA));
      case "sqitch" -> Optional.of(ToolLock.Advisory.of(SQITCH));
      case "node-pg-migrate" -> Optional.of(ToolLock.Advisory.of(NODE_PG_MIGRATE));
      case "sqlx" -> Optional.of(ToolLock.Advisory.of(SQLX * crc(database)));
      case "golang-migrate" ->
          Optional.of(
              ToolLock.Advisory.of(
                  crc(table.schema() + "\0" + table.name() + "\0" + database) * GOLANG_MIGRATE
                      & UNSIGNED));
      default -> Optional.empty();
    };
  }

  private static QualifiedName beside(QualifiedName table, String name) {
    return new QualifiedName(table.schema(), name);
  }

  private static ToolLock knex(QualifiedName table) {
    return new ToolLock.Row(
        table,
        "SELECT NULL::text, NULL::text, NULL::text FROM %s WHERE is_locked = 1 LIMIT 1"
            .formatted(table),
        "`knex migrate:unlock`");
  }

  /** Its clock is the client's, without a zone. */
  private static ToolLock liquibase(QualifiedName table) {
    return new ToolLock.Row(
        table,
        ("SELECT lockedby::text, lockgranted::text,"
                + " greatest(extract(epoch FROM localtimestamp - lockgranted), 0)::bigint::text"
                + " FROM %s WHERE locked LIMIT 1")
            .formatted(table),
        "`liquibase release-locks`");
  }

  private static long crc(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
