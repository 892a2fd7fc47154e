package dev.stampguard.tool.alembic;

import dev.stampguard.catalog.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names SQLAlchemy gives to objects whose script gives none. */
final class SqlAlchemyNames {
  /** What SQLAlchemy's PostgreSQL dialect takes for the longest identifier. */
  private static final int LONGEST = 63;

  private SqlAlchemyNames() {}

  /**
   * The name of an index under SQLAlchemy's only default naming convention, {@code
   * ix_%(column_0_label)s}; the label has the schema in it when the table has one.
   */
  static String index(QualifiedName table, String column) {
    String schema = table.schema().isEmpty() ? "" : table.schema().replace('.', '_') + "_";
    return truncate("ix_" + schema + table.name() + "_" + column);
  }

  /**
   * Shortens a name as {@code IdentifierPreparer._truncate_and_render_maxlen_name} does names that
   * a convention made: a piece of the name, and four digits of its MD5.
   */
  static String truncate(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
      String hex = HexFormat.of().formatHex(digest);
      return name.substring(0, LONGEST - 8) + "_" + hex.substring(hex.length() - 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
