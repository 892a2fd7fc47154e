package dev.stampguard.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a transaction can see, of which server, as whom and by which settings. Two equal ones see
 * the same rows, those of PostgreSQL's own tables included: a snapshot says which transactions are
 * over (<a href="https://www.postgresql.org/docs/current/functions-info.html">{@code
 * pg_current_snapshot}</a>), and as long as the log goes on where it was none was lost in a crash
 * either. Whatever is written anywhere on the server makes another one. A standby has none.
 *
 * @param parts as the server prints them, in the order of {@code server-moment.sql}
 */
public record ServerMoment(List<String> parts) {
  /** How many there are. */
  public static final int PARTS = 7;

  public ServerMoment {
    parts = List.copyOf(parts);
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("a moment has " + PARTS + " parts, not " + parts.size());
    }
  }

  /** 64 hex digits that tell it from any other and name nothing. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
