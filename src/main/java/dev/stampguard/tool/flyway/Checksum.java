package dev.stampguard.tool.flyway;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Flyway's checksum of a script: CRC32 over its lines without their ends and a byte order mark. */
final class Checksum {
  private Checksum() {}

  static int of(String text) {
    var crc = new CRC32();
    int from = text.startsWith("\uFEFF") ? 1 : 0;
    int length = text.length();
    for (int at = from; at < length; at++) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        crc.update(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
        at += c == '\r' && at + 1 < length && text.charAt(at + 1) == '\n' ? 1 : 0;
        from = at + 1;
      }
    }
    crc.update(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
