package dev.stampguard.tool.sqlfiles;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Checksums as tools compute them over a file's text. */
final class Hashes {
  private Hashes() {}

  static String sha1(String text) {
    return hex("SHA-1", text);
  }

  static String sha256(String text) {
    return hex("SHA-256", text);
  }

  static String sha384(String text) {
    return hex("SHA-384", text);
  }

  /** As an unsigned number. */
  static long crc32(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of()
        .formatHex(digest(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has these.
    }
  }
}
