package dev.stampguard.scenarios;

import dev.stampguard.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is in a database, read without any of the program's own code. */
final class Listing {
  private static final String TABLES =
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";

  private Listing() {}

  /**
   * One line per schema, extension, column, partition, view, constraint, index, enum label,
   * sequence, function, trigger and ledger row, sorted. A not-null constraint is said with its
   * column: before PostgreSQL 18 it has no name, so a dump of an older server gives it another one.
   */
  static List<String> objects(PostgresServer server, String database, String ledger)
      throws SQLException {
    return query(
        server,
        database,
        """
      WITH own AS (
        SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      )
      SELECT 'schema ' || nspname
        FROM own
      UNION ALL
      SELECT 'extension ' || extname
        FROM pg_extension
      UNION ALL
      SELECT 'column ' || a.attrelid::regclass || '.' || a.attname || ' '
             || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attidentity::text
             || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v')
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 'partition ' || oid::regclass || ' ' || pg_get_expr(relpartbound, oid)
        FROM pg_class
       WHERE relispartition AND relkind IN ('r', 'p') AND relnamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 'view ' || oid::regclass || ' ' || pg_get_viewdef(oid)
        FROM pg_class
       WHERE relkind = 'v' AND relnamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint
       WHERE connamespace IN (SELECT oid FROM own)
         AND contype <> 'n'
      UNION ALL
      SELECT 'index ' || indisvalid || ' ' || pg_get_indexdef(indexrelid)
        FROM pg_index
       WHERE indexrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM own))
      UNION ALL
      SELECT 'enum ' || enumtypid::regtype || ' ' || enumsortorder || ' ' || enumlabel
        FROM pg_enum
      UNION ALL
      SELECT 'sequence ' || schemaname || '.' || sequencename || ' ' || data_type
        FROM pg_sequences
      UNION ALL
      SELECT 'function ' || pg_get_functiondef(oid)
        FROM pg_proc
       WHERE pronamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 'trigger ' || pg_get_triggerdef(oid)
        FROM pg_trigger
       WHERE NOT tgisinternal
      UNION ALL
      SELECT 'recorded ' || version_num
        FROM %s
      ORDER BY 1
      """
            .formatted(ledger));
  }

  static List<String> tables(PostgresServer server, String database) throws SQLException {
    return query(server, database, TABLES);
  }

  static List<String> query(PostgresServer server, String database, String sql)
      throws SQLException {
    var lines = new ArrayList<String>();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }
}
