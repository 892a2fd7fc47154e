package dev.stampguard.tool;

import dev.stampguard.catalog.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The locks that migration tools take whatever a project says, by name: rows that stay when their
 * holder dies, and an advisory lock whose key is in the tool's source.
 */
public final class KnownLocks {
  /** {@code ActiveRecord::Migrator::MIGRATOR_SALT}. */
  private static final long RAILS = 2_053_462_845L;

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
      case "rails" -> Optional.of(ToolLock.Advisory.of(rails(database)));
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

  /** {@code generate_migrator_advisory_lock_id} of Active Record. */
  public static long rails(String database) {
    var crc = new CRC32();
    crc.update(database.getBytes(StandardCharsets.UTF_8));
    return RAILS * crc.getValue();
  }
}
