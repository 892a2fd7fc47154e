package dev.stampguard.service.recreate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The name under which a database is kept when another one takes its place. */
final class KeptName {
  /** PostgreSQL cuts longer names off, in bytes. */
  private static final int MOST_BYTES = 63;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private KeptName() {}

  /**
   * For example {@code devmatrix_before_20251023_140501}.
   *
   * @param word what happened to it
   */
  static String of(String database, String word, Instant now) {
    String suffix = "_" + word + "_" + TIME.format(now);
    String start = database;
    while ((start + suffix).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return start + suffix;
  }
}
