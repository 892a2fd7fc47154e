package dev.stampguard.demo;

import dev.stampguard.ExitCode;
import dev.stampguard.scenarios.BuiltScenario;
import dev.stampguard.scenarios.Scenario;
import dev.stampguard.scenarios.ScenarioBuilder;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the incident's two databases on an embedded PostgreSQL and shows what stampguard says of
 * them, command by command. Ends with 1 when a command does not end as it must.
 */
public final class IncidentDemo {
  private static final List<Step> STEPS =
      List.of(
          new Step(ExitCode.OK, "target"),
          new Step(ExitCode.FINDINGS, "check"),
          new Step(ExitCode.FINDINGS, "diagnose"),
          new Step(ExitCode.FINDINGS, "compare", "devmatrix", "devmatrix_test"),
          new Step(ExitCode.OK, "history"));

  private final Path launcher;
  private final Path project;

  private IncidentDemo(Path launcher, Path project) {
    this.launcher = launcher;
    this.project = project;
  }

  /** One command and how it must end. */
  private record Step(ExitCode expected, List<String> arguments) {
    Step(ExitCode expected, String... arguments) {
      this(expected, List.of(arguments));
    }
  }

  /** Runs the demo with the launcher that the first argument names. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path project = Files.createTempDirectory("devmatrix");
    var builder = new ScenarioBuilder(PostgresServer.start("18"));
    boolean asExpected;
    try (BuiltScenario built = builder.build(Scenario.load("incident"), project)) {
      asExpected = new IncidentDemo(launcher, built.project()).showAll();
    } finally {
      delete(project);
    }
    if (!asExpected) {
      System.exit(1);
    }
  }

  private boolean showAll() throws IOException, InterruptedException {
    System.out.println("An end-to-end run died: relation \"atomic_units\" does not exist.");
    System.out.println("The project: " + project);
    boolean asExpected = true;
    for (Step step : STEPS) {
      asExpected &= show(step);
    }
    return asExpected;
  }

  private boolean show(Step step) throws IOException, InterruptedException {
    System.out.println();
    System.out.println("$ stampguard " + String.join(" ", step.arguments()));
    System.out.flush();
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(step.arguments());
    var process = new ProcessBuilder(command).directory(project.toFile()).inheritIO();
    // Whoever runs the demo may have databases of their own in the environment.
    process
        .environment()
        .keySet()
        .removeIf(name -> name.matches("DATABASE_URL|PG.*|STAMPGUARD_.*"));
    int exitCode = process.start().waitFor();
    System.out.println("exit code: " + exitCode);
    if (exitCode != step.expected().code()) {
      System.out.println("expected:  " + step.expected().code());
      return false;
    }
    return true;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(IncidentDemo::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
