package dev.stampguard.target;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-encoding as URLs use it (RFC 3986), over UTF-8. */
final class PercentCoding {
  private static final String UNRESERVED = "-._~";

  private PercentCoding() {}

  /** Encodes every character that is not unreserved. */
  static String encode(String text) {
    return encode(text, "");
  }

  /** As {@link #encode(String)}, but leaves some more characters as they are. */
  static String encode(String text, String alsoPlain) {
    String plain = UNRESERVED + alsoPlain;
    var encoded = new StringBuilder(text.length());
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xFF);
      if (isAsciiLetterOrDigit(c) || plain.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
      }
    }
    return encoded.toString();
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * Decodes {@code %XX} sequences.
   *
   * @param lenient whether a {@code %} that starts no such sequence stands for itself
   * @return empty when a sequence is malformed, stands for NUL, or the bytes are not UTF-8
   */
  static Optional<String> decode(String text, boolean lenient) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    var bytes = new ByteArrayOutputStream(text.length());
    int at = 0;
    while (at < text.length()) {
      int percent = text.indexOf('%', at);
      int plainEnd = percent < 0 ? text.length() : percent;
      bytes.writeBytes(text.substring(at, plainEnd).getBytes(StandardCharsets.UTF_8));
      at = plainEnd;
      if (percent >= 0) {
        if (isEscape(text, percent)) {
          int value = HexFormat.fromHexDigits(text, percent + 1, percent + 3);
          if (value == 0) {
            return Optional.empty();
          }
          bytes.write(value);
          at += 3;
        } else if (lenient) {
          bytes.write('%');
          at++;
        } else {
          return Optional.empty();
        }
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isEscape(String text, int percent) {
    return percent + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(percent + 1))
        && HexFormat.isHexDigit(text.charAt(percent + 2));
  }
}
