package dev.stampguard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The program's version, written by the build into a resource of its own. */
final class Version implements IVersionProvider {
  /** For example {@code 0.1.0}. */
  static String number() {
    try (InputStream in = Version.class.getResourceAsStream("/stampguard.version")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"stampguard " + number()};
  }
}
