package dev.stampguard.postgres.client;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.client.ClientPrograms.Program;
import dev.stampguard.target.Masking;
import dev.stampguard.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of PostgreSQL's programs and what it is to do. Every way to run it waits for its end, and
 * ends it when this process or the waiting thread is interrupted.
 *
 * <p>Where it connects, {@code psql} and {@code pg_restore} stop at the first error; a {@code
 * pg_restore} of 17 and newer goes on, because older servers do not know {@code
 * transaction_timeout}, and fails in the end when there was any other error.
 *
 * @param programs where it is
 * @param program which one
 * @param target the database it connects to; empty when it only reads a file
 * @param arguments further arguments; they show in the list of processes, so never a secret
 */
public record ClientCommand(
    ClientPrograms programs, Program program, Optional<Target> target, List<String> arguments) {
  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

  /** Parameters that libpq reads from no variable, and that are no secrets. */
  private static final List<String> WITHOUT_VARIABLE =
      List.of(
          "fallback_application_name",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcp_user_timeout");

  public ClientCommand {
    Objects.requireNonNull(programs);
    Objects.requireNonNull(program);
    Objects.requireNonNull(target);
    arguments = List.copyOf(arguments);
  }

  /** A command that connects. */
  public static ClientCommand on(
      Target target, ClientPrograms programs, Program program, List<String> arguments) {
    return new ClientCommand(programs, program, Optional.of(target), arguments);
  }

  /** A command that only reads a file, for example {@code pg_restore --list}. */
  public static ClientCommand offline(
      ClientPrograms programs, Program program, List<String> arguments) {
    return new ClientCommand(programs, program, Optional.empty(), arguments);
  }

  /**
   * Runs it; what it prints is thrown away.
   *
   * @throws StampguardException when it fails: (no access) when the server says no, (refused) when
   *     a lock is in the way, (change failed) otherwise
   */
  public void run() {
    run(line -> {});
  }

  /**
   * As {@link #run()}.
   *
   * @param talk is given each line it says on standard error, masked, as it comes, on a thread of
   *     its own
   */
  public void run(Consumer<String> talk) {
    execute(output -> output.transferTo(OutputStream.nullOutputStream()), talk);
  }

  /**
   * As {@link #run()}, and writes what it prints to a file.
   *
   * @param file an existing file is overwritten
   * @throws StampguardException also (change failed) when the file cannot be written
   */
  public void writeTo(Path file) {
    execute(
        output -> {
          try (OutputStream out =
              Files.newOutputStream(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            output.transferTo(out);
          }
        },
        line -> {});
  }

  /**
   * As {@link #run()}, and gives away each line it prints.
   *
   * @param line called on a thread of its own; what it throws ends the program and is thrown here
   */
  public void forEachLine(Consumer<String> line) {
    execute(
        output -> {
          var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
          for (String read = reader.readLine(); read != null; read = reader.readLine()) {
            line.accept(read);
          }
        },
        said -> {});
  }

  private void execute(ClientProcess.Output output, Consumer<String> talk) {
    var complaints = new ClientComplaints(program, target);
    try (var secrets = ClientSecrets.of(target);
        ClientProcess process =
            ClientProcess.start(
                commandLine(),
                environment -> {
                  ClientEnvironment.point(environment, target);
                  secrets.point(environment);
                })) {
      int status = process.await(output, line -> talk.accept(complaints.add(line)));
      if (status != 0 && !(overlooksTimeouts() && complaints.areOfTimeoutsOnly())) {
        throw complaints.failure(status);
      }
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.CHANGE_FAILED,
          "`%s` was stopped: %s".formatted(program.fileName(), reason(e)),
          "make sure that there is space left, then try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StampguardException(
          ExitCode.INTERRUPTED, "`%s` was stopped".formatted(program.fileName()), null);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : Masking.mask(e.getMessage());
  }

  private List<String> commandLine() {
    var line = new ArrayList<String>();
    line.add(programs.file(program).toString());
    target.ifPresent(database -> line.addAll(connection(database)));
    line.addAll(arguments);
    return line;
  }

  private List<String> connection(Target database) {
    var line = new ArrayList<String>();
    line.add("--host=" + join(database, Target.Endpoint::host));
    line.add("--port=" + join(database, endpoint -> Integer.toString(endpoint.port())));
    line.add("--username=" + database.user());
    line.add("--no-password");
    line.add("--dbname=" + connectionString(database));
    switch (program) {
      case PG_DUMP -> {}
      case PG_RESTORE -> {
        if (!overlooksTimeouts()) {
          line.add("--exit-on-error");
        }
      }
      case PSQL -> line.addAll(List.of("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"));
    }
    return line;
  }

  /** Which an older server does not know, and which matters to nothing that is restored. */
  private boolean overlooksTimeouts() {
    return switch (program) {
      case PG_RESTORE -> programs.major() >= FIRST_WITH_TRANSACTION_TIMEOUT;
      case PG_DUMP, PSQL -> false;
    };
  }

  private static String join(Target database, Function<Target.Endpoint, String> part) {
    return database.endpoints().stream().map(part).collect(Collectors.joining(","));
  }

  /** A name with an equals sign or a slash would be taken for a connection string by itself. */
  private static String connectionString(Target database) {
    var pairs = new ArrayList<String>(List.of(pair("dbname", database.database())));
    WITHOUT_VARIABLE.forEach(
        keyword ->
            Optional.ofNullable(database.parameters().get(keyword))
                .ifPresent(value -> pairs.add(pair(keyword, value))));
    return String.join(" ", pairs);
  }

  private static String pair(String keyword, String value) {
    return "%s='%s'".formatted(keyword, value.replace("\\", "\\\\").replace("'", "\\'"));
  }
}
