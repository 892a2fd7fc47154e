package dev.stampguard.cli;

import dev.stampguard.config.ColorMode;
import dev.stampguard.report.Terminal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Decides whether a person looks at an output, how wide it is, and whether it shows colour. */
final class TerminalDetection {
  private static final int PLAIN_WIDTH = 100;
  private static final int NARROWEST = 40;

  /** Where Linux says what file descriptors are. */
  private static final Path LINKS = Path.of("/proc/self/fd");

  private TerminalDetection() {}

  /**
   * Whether a file descriptor is a terminal. On Linux its link says so, natively too; elsewhere the
   * shell's own test is asked, because Java's console no longer tells.
   */
  static boolean isTerminal(int descriptor) {
    try {
      if (Files.isDirectory(LINKS)) {
        String device = Files.readSymbolicLink(LINKS.resolve("" + descriptor)).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      }
      return new ProcessBuilder("test", "-t", "" + descriptor).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // closed, or no way to ask
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether a file descriptor leads to another process; false where the system does not say so. */
  static boolean isPipe(int descriptor) {
    try {
      String device = Files.readSymbolicLink(LINKS.resolve("" + descriptor)).toString();
      return device.startsWith("pipe:") || device.startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }

  /** The terminal that a command's standard output is. */
  static Terminal of(Invocation invocation, ColorMode mode) {
    return new Terminal(
        isColored(invocation, mode, invocation.outIsTerminal()),
        width(invocation),
        isUnicode(invocation));
  }

  /** NO_COLOR wins over everything, see https://no-color.org. */
  static boolean isColored(Invocation invocation, ColorMode mode, boolean isTerminal) {
    if (!invocation.environment().getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    return switch (mode) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> isTerminal && !invocation.environment().getOrDefault("TERM", "").equals("dumb");
    };
  }

  private static boolean isUnicode(Invocation invocation) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = invocation.environment().getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  private static int width(Invocation invocation) {
    String columns = invocation.environment().getOrDefault("COLUMNS", "");
    if (columns.matches("[1-9][0-9]{0,4}")) {
      return Math.max(NARROWEST, Integer.parseInt(columns));
    }
    return invocation.outIsTerminal() ? askTerminal() : PLAIN_WIDTH;
  }

  /** Shells seldom export COLUMNS; {@code stty} asks the terminal itself. */
  private static int askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size =
          new String(
              stty.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
      if (stty.waitFor(1, TimeUnit.SECONDS) && size.matches("\\d+ [1-9]\\d*\\s*")) {
        return Math.max(NARROWEST, Integer.parseInt(size.trim().split(" ")[1]));
      }
    } catch (IOException e) {
      return PLAIN_WIDTH; // no stty, no terminal: the width of a page will do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return PLAIN_WIDTH;
  }
}
