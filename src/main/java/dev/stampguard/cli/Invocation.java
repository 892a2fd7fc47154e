package dev.stampguard.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run takes from the process it runs in. Handed to every command, so that tests run in
 * process with another one.
 *
 * @param directory the working directory, absolute
 * @param environment environment variables
 * @param home the user's home directory
 * @param user the operating system's name for the user
 * @param in where a person's answers come from
 * @param out where data goes
 * @param err where talk goes
 * @param inIsTerminal whether a person can answer on {@code in}
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}
 */
public record Invocation(
    Path directory,
    Map<String, String> environment,
    Path home,
    String user,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  public Invocation {
    Objects.requireNonNull(directory);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(home);
    Objects.requireNonNull(user);
    Objects.requireNonNull(in);
    Objects.requireNonNull(out);
    Objects.requireNonNull(err);
  }

  /** This process. The streams write UTF-8 whatever the locale: a native image fixes its own. */
  public static Invocation ofThisProcess() {
    return new Invocation(
        Path.of("").toAbsolutePath(),
        System.getenv(),
        Path.of(System.getProperty("user.home", "/")),
        System.getProperty("user.name", ""),
        System.in,
        ReportStream.standard(),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
        TerminalDetection.isTerminal(0),
        TerminalDetection.isTerminal(1),
        TerminalDetection.isTerminal(2));
  }

  /** Why some of what was printed to {@code out} is lost; empty when nothing is known to be. */
  Optional<String> loss() {
    return out instanceof ReportStream reported ? reported.loss() : Optional.empty();
  }
}
