package dev.stampguard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version and what it was built from, written by the build into a resource. */
final class Version implements IVersionProvider {
  /** For example {@code 0.1.0}. */
  static String number() {
    return lines().getFirst();
  }

  /**
   * The git commit it was built from, with {@code -dirty} where files had changed since; empty when
   * the build did not know.
   */
  static Optional<String> commit() {
    // What the build cannot fill in stays as it stands there.
    return lines().stream()
        .skip(1)
        .filter(line -> !line.isBlank() && !line.startsWith("$"))
        .findFirst();
  }

  /** For example {@code linux-x86_64}. */
  static String platform() {
    String system = System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "unknown");
    return (system.startsWith("mac") ? "macos" : system.split(" ")[0])
        + "-"
        + (processor.equals("amd64") ? "x86_64" : processor);
  }

  private static String runtime() {
    boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    return (isNative ? "native executable, " : "JVM, ")
        + System.getProperty("java.vm.name", "")
        + " "
        + System.getProperty(isNative ? "java.vm.version" : "java.runtime.version", "");
  }

  private static List<String> lines() {
    try (InputStream in = Version.class.getResourceAsStream("/stampguard.version")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    var lines = new ArrayList<String>();
    lines.add("stampguard " + number());
    commit().ifPresent(commit -> lines.add("commit    " + commit));
    lines.add("runs as   " + runtime());
    lines.add("platform  " + platform());
    // The parser reads these as a format.
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }
}
