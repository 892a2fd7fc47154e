package dev.stampguard.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Style and script shipped with the program, one file each under {@code /html}. */
final class HtmlResource {
  private HtmlResource() {}

  /**
   * @param name the file's name
   */
  static String read(String name) {
    try (InputStream in = HtmlResource.class.getResourceAsStream("/html/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no page resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
