package dev.stampguard.cli;

import dev.stampguard.service.repair.Milestones;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** Runs the program inside the test's JVM, with an environment of the test's making. */
public final class InProcess {
  private InProcess() {}

  /** How a run ended and what it printed. */
  public record Result(int exitCode, String out, String err) {}

  /**
   * A machine that is busy with other things makes no test fail; {@code environment} may differ.
   */
  private static Map<String, String> patient(Map<String, String> environment) {
    var patient = new HashMap<>(environment);
    patient.putIfAbsent("STAMPGUARD_CONNECT_TIMEOUT", "60s");
    patient.putIfAbsent("STAMPGUARD_STATEMENT_TIMEOUT", "120s");
    return patient;
  }

  /** Runs a command line in a directory; no terminal is attached. */
  public static Result run(Path directory, Map<String, String> environment, String... args) {
    return run(directory, environment, invocation -> Cli.launch(invocation, args));
  }

  /**
   * Runs {@code repair} with somebody who listens.
   *
   * @param args what follows the command's name
   */
  public static Result repair(
      Path directory, Map<String, String> environment, Milestones milestones, String... args) {
    return run(
        directory,
        environment,
        invocation -> {
          var failures = new FailureHandler(invocation, false);
          int exitCode =
              new CommandLine(new RepairCommand(invocation, milestones))
                  .setCaseInsensitiveEnumValuesAllowed(true)
                  .setExecutionExceptionHandler(failures)
                  .setParameterExceptionHandler(failures)
                  .execute(args);
          invocation.out().flush();
          invocation.err().flush();
          return exitCode;
        });
  }

  /** Runs anything that takes an invocation and ends with an exit code. */
  static Result run(
      Path directory, Map<String, String> environment, ToIntFunction<Invocation> program) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode =
        program.applyAsInt(
            new Invocation(
                directory,
                patient(environment),
                directory.resolve("no-home"),
                "tester",
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                false,
                false,
                false));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
