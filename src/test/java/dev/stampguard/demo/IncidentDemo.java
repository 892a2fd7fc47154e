package dev.stampguard.demo;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.scenarios.BuiltScenario;
import dev.stampguard.scenarios.Scenario;
import dev.stampguard.scenarios.ScenarioBuilder;
import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.alembic.replay.AlembicRun;
import dev.stampguard.tool.python.driver.InterpreterSearch;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds the incident's two databases on an embedded PostgreSQL and shows what stampguard says of
 * them, command by command; then repairs the one that lies, and takes that back, by the commands
 * that stampguard itself prints. Ends with 1 when a command does not end as it must.
 */
public final class IncidentDemo {
  private static final String MAJOR = "18";
  private static final Pattern APPLY = Pattern.compile("hint:\\s+`stampguard (repair [^`]+)`");
  private static final Pattern UNDO = Pattern.compile("undo +`stampguard ([^`]+)`");

  private static final List<Step> STEPS =
      List.of(
          new Step(ExitCode.OK, "target"),
          new Step(ExitCode.FINDINGS, "check"),
          new Step(ExitCode.FINDINGS, "diagnose"),
          new Step(ExitCode.FINDINGS, "compare", "devmatrix", "devmatrix_test"),
          new Step(ExitCode.OK, "history"));

  private final Path launcher;
  private final Path project;
  private final Optional<PostgresClient> client = PostgresClient.find(Integer.parseInt(MAJOR));

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
    var builder = new ScenarioBuilder(PostgresServer.start(MAJOR));
    boolean asExpected;
    try (BuiltScenario built = builder.build(Scenario.load("incident"), project)) {
      var demo = new IncidentDemo(launcher, built.project());
      asExpected = demo.showTheTruth() && demo.showTheRepair(built);
    } finally {
      delete(project);
    }
    if (!asExpected) {
      System.exit(1);
    }
  }

  private boolean showTheTruth() throws IOException, InterruptedException {
    System.out.println("An end-to-end run died: relation \"atomic_units\" does not exist.");
    System.out.println("The project: " + project);
    boolean asExpected = true;
    for (Step step : STEPS) {
      asExpected &= show(step);
    }
    return asExpected;
  }

  private boolean showTheRepair(BuiltScenario built) throws IOException, InterruptedException {
    String database = built.scenario().database();
    String rows = "DELETE FROM masterplans; DELETE FROM discovery_documents";
    say("The rehearsal needs a role that may create databases: the demo gives it that right.");
    built.server().execute("postgres", "ALTER ROLE %s CREATEDB".formatted(built.scenario().role()));
    say("Rows that point at users who never existed break the foreign keys to come: " + rows);
    built.server().execute(database, rows);

    var plan = new ArrayList<>(List.of("repair"));
    if (!hasAlembic()) {
      say("There is no Python with Alembic here, so the run is led to the other database instead.");
      plan.addAll(List.of("--strategy", "switch"));
    }
    Optional<List<String>> apply = follow(new Step(ExitCode.OK, plan), APPLY);
    if (apply.isEmpty()) {
      return false;
    }
    var words = new ArrayList<>(apply.get());
    if (client.isEmpty()) {
      say("There is no pg_dump of PostgreSQL " + MAJOR + " here, so nothing is backed up.");
      words.addAll(List.of("--backup", "none"));
    }
    Optional<List<String>> undo = follow(new Step(ExitCode.OK, words), UNDO);
    boolean asExpected = show(new Step(ExitCode.OK, "check"));
    if (undo.isEmpty()) {
      return asExpected && client.isEmpty();
    }
    say("And back again:");
    asExpected &= show(new Step(ExitCode.OK, undo.get()));
    asExpected &= show(new Step(ExitCode.FINDINGS, "check"));
    return asExpected;
  }

  private static void say(String sentence) {
    System.out.println();
    System.out.println(sentence);
  }

  private boolean hasAlembic() {
    try {
      new InterpreterSearch(AlembicRun.WANTED, project, System.getenv()).find(Optional.empty());
      return true;
    } catch (StampguardException e) {
      return false;
    }
  }

  private boolean show(Step step) throws IOException, InterruptedException {
    return ended(step, start(step, ProcessBuilder.Redirect.INHERIT));
  }

  /** Shows a step, and returns the command that its output says comes next. */
  private Optional<List<String>> follow(Step step, Pattern next)
      throws IOException, InterruptedException {
    Process process = start(step, ProcessBuilder.Redirect.PIPE);
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.print(out);
    if (!ended(step, process)) {
      return Optional.empty();
    }
    Matcher command = next.matcher(out);
    return command.find() ? Optional.of(List.of(command.group(1).split(" "))) : Optional.empty();
  }

  private Process start(Step step, ProcessBuilder.Redirect out) throws IOException {
    say("$ stampguard " + String.join(" ", step.arguments()));
    System.out.flush();
    var command = new ArrayList<String>();
    command.add(launcher.toString());
    command.addAll(step.arguments());
    var process =
        new ProcessBuilder(command).directory(project.toFile()).inheritIO().redirectOutput(out);
    // Whoever runs the demo may have databases of their own in the environment.
    process
        .environment()
        .keySet()
        .removeIf(name -> name.matches("DATABASE_URL|PG.*|STAMPGUARD_.*"));
    client.ifPresent(
        programs ->
            process
                .environment()
                .merge(
                    "PATH",
                    programs.directory().toAbsolutePath().toString(),
                    (path, more) -> path + File.pathSeparator + more));
    return process.start();
  }

  private static boolean ended(Step step, Process process) throws InterruptedException {
    int exitCode = process.waitFor();
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
