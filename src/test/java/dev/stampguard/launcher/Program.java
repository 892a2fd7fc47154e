package dev.stampguard.launcher;

import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.ReplayEnvironment;
import dev.stampguard.testing.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The program as a user has it: started through the launcher, which starts the native executable
 * when this build made one, else the JVM build.
 */
public final class Program {
  private static final Path LAUNCHER = Path.of(System.getProperty("stampguard.launcher"));

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * The program in a directory, with an environment that leads to nothing but a JDK and the
   * machine's programs.
   */
  public Program(Path directory) {
    this.directory = directory;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOME", directory.resolve("no-home").toString());
    environment.put("LANG", "C");
  }

  /** Whether the launcher starts a native executable. */
  public static boolean isNative() {
    try (Stream<Path> files = Files.list(LAUNCHER.getParent())) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith("-runner"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Skips a test aloud where the launcher starts the JVM build.
   *
   * @param what is not tested then
   */
  public static void requireNative(String what) {
    require(isNative(), what + " on the native executable: none was built");
  }

  /** Skips a test aloud where a native build has left no JVM build. */
  static void requireJvm(String what) {
    require(!isNative(), what + " on the JVM build: the native executable was built instead");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      System.err.println("SKIPPED: " + what);
      Assumptions.abort(what);
    }
  }

  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Program with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Lets it find the Python, the server programs and the clients that replays and backups need. */
  public Program withTools() {
    with(ReplayEnvironment.variables());
    environment.merge(
        "PATH",
        PostgresClient.forServer(major()).directory().toAbsolutePath().toString(),
        (path, client) -> client + File.pathSeparator + path);
    return this;
  }

  /** Puts a directory before all others in which programs are looked for. */
  void prependPath(Path programs) {
    environment.merge(
        "PATH", programs.toString(), (path, first) -> first + File.pathSeparator + path);
  }

  static int major() {
    return Integer.getInteger("stampguard.postgres.major", 18);
  }

  public Shell.Result run(String... arguments) {
    return Shell.run(directory, environment, command(arguments));
  }

  /** Runs a line of shell in which {@code "$0"} is the program. */
  Shell.Result shell(String line) {
    return Shell.run(directory, environment, List.of("sh", "-c", line, LAUNCHER.toString()));
  }

  /** Starts it, its output in files beside the project, and does not wait. */
  Process start(Path out, Path err, String... arguments) throws IOException {
    var command = new ArrayList<>(Signals.heard());
    command.addAll(command(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return builder.start();
  }

  private static List<String> command(String... arguments) {
    return Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(arguments)).toList();
  }
}
