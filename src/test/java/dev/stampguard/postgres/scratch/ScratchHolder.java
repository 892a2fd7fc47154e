package dev.stampguard.postgres.scratch;

import dev.stampguard.postgres.ConnectTimeout;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that opens a scratch database, says which, and waits to be killed. */
public final class ScratchHolder {
  private ScratchHolder() {}

  static PostgresConnector connector() {
    return new PostgresConnector(
        new ConnectTimeout(Duration.ofSeconds(10)),
        new StatementTimeout(Duration.ofSeconds(30)),
        new LockTimeout(Duration.ofSeconds(5)));
  }

  /**
   * Opens a scratch database and waits.
   *
   * @param arguments the directory of PostgreSQL's programs, or {@code -} and the port of a server
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean throwAway = !arguments[0].equals("-");
    var scratches =
        new Scratches(
            connector(),
            throwAway ? Optional.of(new ServerPrograms(Path.of(arguments[0]))) : Optional.empty());
    Optional<Target> target =
        throwAway
            ? Optional.empty()
            : Optional.of(
                new Target(
                    "postgres",
                    List.of(new Target.Endpoint("localhost", Integer.parseInt(arguments[1]))),
                    "postgres",
                    Optional.empty(),
                    Map.of(),
                    "test"));
    Scratch scratch =
        scratches
            .open(
                new Scratches.Request(
                    new ScratchPlacement.Auto(), target, DatabaseModel.plain(), List.of()))
            .orElseThrow();
    System.out.println(
        throwAway ? scratch.target().endpoints().getFirst().host() : scratch.target().database());
    Thread.sleep(Duration.ofMinutes(5));
  }
}
