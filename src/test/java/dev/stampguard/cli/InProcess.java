package dev.stampguard.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs the program inside the test's JVM, with an environment of the test's making. */
public final class InProcess {
  private InProcess() {}

  /** How a run ended and what it printed. */
  public record Result(int exitCode, String out, String err) {}

  /** Runs a command line in a directory; no terminal is attached. */
  public static Result run(Path directory, Map<String, String> environment, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode =
        Cli.launch(
            new Invocation(
                directory,
                environment,
                directory.resolve("no-home"),
                "tester",
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                false,
                false,
                false),
            args);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
