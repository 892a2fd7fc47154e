package dev.stampguard.expectation.lock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as the lock file uses it. */
final class Sha256 {
  /**
   * Bytes kept where a digest only has to tell accidents apart, such as two texts of one object.
   */
  private static final int SHORT = 16;

  private static final Pattern FULL = Pattern.compile("[0-9a-f]{64}");

  private Sha256() {}

  /**
   * Checks that a text is a whole digest.
   *
   * @throws IllegalArgumentException when it is not
   */
  static void requireHex(String text) {
    if (!FULL.matcher(text).matches()) {
      throw new IllegalArgumentException("not 64 lower-case hex digits: " + text);
    }
  }

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static byte[] of(String text) {
    return start().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first 32 of the digest's hex digits. */
  static String shortHex(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, SHORT);
  }
}
