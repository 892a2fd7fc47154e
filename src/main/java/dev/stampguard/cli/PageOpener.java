package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Shows a page that was written in the browser of whoever runs the program. */
final class PageOpener {
  /** Openers that fail do so at once; one that goes on has become the browser itself. */
  private static final long SECONDS_TO_FAIL = 3;

  private final Invocation invocation;

  PageOpener(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Sees to it that a page is written, and to a file: without {@code -o} to one in a directory that
   * only its owner can read.
   *
   * @throws StampguardException (usage) when no page is asked for, or there is no place for it
   */
  static void prepare(Setup setup, CommonOptions options) {
    if (setup.format() != OutputFormat.HTML) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`--open` shows a page, and the output is `%s`".formatted(setup.format()),
          "stampguard diagnose --output html --open");
    }
    if (options.outputFile == null) {
      try {
        options.outputFile = Files.createTempDirectory("stampguard-").resolve("report.html");
      } catch (IOException e) {
        throw new StampguardException(
            ExitCode.USAGE, "no temporary directory can be made", "name a file with `-o FILE`");
      }
    }
  }

  /**
   * Opens the file; where that cannot be done, says where it is.
   *
   * @param quiet whether to say nothing when it was opened
   */
  void open(Path page, boolean quiet) {
    boolean shown = opener().filter(command -> isShown(command, page)).isPresent();
    if (!shown) {
      invocation
          .err()
          .println("stampguard: no browser could be started; the page is `%s`".formatted(page));
    } else if (!quiet) {
      invocation.err().println("stampguard: opened `%s`".formatted(page));
    }
  }

  private boolean isShown(List<String> opener, Path page) {
    var command = new ArrayList<>(opener);
    command.add(page.toString());
    try {
      var builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      builder.environment().putAll(invocation.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      return !process.waitFor(SECONDS_TO_FAIL, TimeUnit.SECONDS) || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The system's own way to open a file; empty when it is not on the search path. */
  private Optional<List<String>> opener() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.startsWith("windows")
            ? List.of("rundll32.exe", "url.dll,FileProtocolHandler")
            : List.of(system.startsWith("mac") ? "open" : "xdg-open");
    return Stream.of(invocation.environment().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory).resolve(command.getFirst()))
        .filter(Files::isExecutable)
        .findFirst()
        .map(
            program -> {
              var found = new ArrayList<>(command);
              found.set(0, program.toString());
              return found;
            });
  }
}
