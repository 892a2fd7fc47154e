package dev.stampguard.tool.liquibase;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Liquibase's checksum of a changeset that is SQL and nothing else, as version 4.22 and newer
 * compute it: the digest of the digests of its changes, whose white space does not count ({@code
 * liquibase.change.AbstractSQLChange}, {@code liquibase.changelog.ChangeSet}). Those of other
 * changes depend on every attribute that the tool knows, and are not compared.
 */
final class Checksum {
  /** What the ledger puts in front of it. */
  static final String VERSION = "9:";

  private Checksum() {}

  static Optional<String> of(ChangeSet set) {
    if (set.changes().isEmpty()
        || set.isModified()
        || !set.changes().stream().allMatch(ChangeSet.Sql.class::isInstance)) {
      return Optional.empty();
    }
    var digests = new StringBuilder();
    for (ChangeSet.Change change : set.changes()) {
      String text = ((ChangeSet.Sql) change).summed();
      digests.append(VERSION).append(md5(withoutSpace(text))).append(':');
    }
    return Optional.of(
        VERSION + md5(Normalizer.normalize(digests.toString(), Normalizer.Form.NFC)));
  }

  private static String withoutSpace(String text) {
    var rest = new StringBuilder(text.length());
    text.chars()
        .filter(c -> c != ' ' && c != '\n' && c != '\r' && c != '\t')
        .forEach(c -> rest.append((char) c));
    return rest.toString();
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }
}
