package dev.stampguard.service.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.backup.ByteCount;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Query;
import dev.stampguard.postgres.ReadOnlyTransaction;
import dev.stampguard.postgres.SqlResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How large tables are, and which of them are parts of others.
 *
 * @param bytes by quoted, qualified name
 * @param wholes by the same name, the partitioned tables it is a part of
 */
record Sizes(Map<String, Long> bytes, Map<String, Set<String>> wholes) {
  /** A dump is compressed, and seldom takes more than this part of the tables. */
  private static final int PART = 2;

  static Sizes read(ReadOnlyTransaction transaction) {
    return transaction.run(Query.of(SqlResource.read("backup-sizes"), Sizes::read));
  }

  private static Sizes read(ResultSet rows) throws SQLException {
    var bytes = new TreeMap<String, Long>();
    var wholes = new TreeMap<String, Set<String>>();
    while (rows.next()) {
      String table = new QualifiedName(rows.getString(1), rows.getString(2)).toString();
      bytes.put(table, rows.getLong(3));
      String[] names = (String[]) rows.getArray(4).getArray();
      var of = new HashSet<String>();
      for (int i = 0; i < names.length; i += 2) {
        of.add(new QualifiedName(names[i], names[i + 1]).toString());
      }
      wholes.put(table, of);
    }
    return new Sizes(bytes, wholes);
  }

  /** Those of some tables that hold rows, and the parts of those that are partitioned. */
  SortedSet<String> holding(Collection<QualifiedName> tables) {
    List<String> wanted = tables.stream().map(QualifiedName::toString).toList();
    var holding = new TreeSet<String>();
    wholes.forEach(
        (table, of) -> {
          if (wanted.contains(table) || of.stream().anyMatch(wanted::contains)) {
            holding.add(table);
          }
        });
    return holding;
  }

  /**
   * Makes sure that a dump of these tables has room.
   *
   * @return one sentence about both sizes
   * @throws StampguardException (refused) when it probably has none
   */
  String requireRoom(String database, Collection<String> tables, Path directory) {
    long needed = tables.stream().mapToLong(table -> bytes.getOrDefault(table, 0L)).sum();
    long free = free(directory);
    String sizes =
        "%s of `%s` %s %s, and %s are free in `%s`"
            .formatted(
                tables.size() == 1 ? "1 table" : tables.size() + " tables",
                database,
                tables.size() == 1 ? "takes" : "take",
                new ByteCount(needed),
                new ByteCount(free),
                directory);
    if (free < needed / PART) {
      throw new StampguardException(
          ExitCode.REFUSED, sizes, "free some space, or name another place with `--directory DIR`");
    }
    return sizes;
  }

  private static long free(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      // The file system does not tell; running out of space will be told as such.
      return Long.MAX_VALUE;
    }
  }
}
