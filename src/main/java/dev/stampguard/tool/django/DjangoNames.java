package dev.stampguard.tool.django;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The names that Django gives to what it makes ({@code
 * django.db.backends.base.schema._create_index_name}, {@code django.db.backends.utils}).
 */
final class DjangoNames {
  /** What PostgreSQL keeps of a name. */
  private static final int LONGEST = 63;

  private static final int HASH = 8;

  private DjangoNames() {}

  /** The name of an index or constraint that a model does not name. */
  static String index(String table, List<String> columns, String suffix) {
    String hashed = digest(HASH, table, columns) + suffix;
    String joined = String.join("_", columns);
    String name = table + "_" + joined + "_" + hashed;
    if (name.length() <= LONGEST) {
      return name;
    }
    if (hashed.length() > LONGEST / 3) {
      hashed = hashed.substring(0, LONGEST / 3);
    }
    int other = (LONGEST - hashed.length()) / 2 - 1;
    name = head(table, other) + "_" + head(joined, other) + "_" + hashed;
    return name.charAt(0) == '_' || Character.isDigit(name.charAt(0))
        ? "D" + name.substring(0, name.length() - 1)
        : name;
  }

  /** A table's name, made shorter where it is too long. */
  static String table(String name) {
    return name.length() <= LONGEST ? name : head(name, LONGEST - 4) + digest(4, name, List.of());
  }

  private static String head(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  private static String digest(int length, String first, List<String> others) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(first.getBytes(StandardCharsets.UTF_8));
      others.forEach(other -> md5.update(other.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(md5.digest()).substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }
}
