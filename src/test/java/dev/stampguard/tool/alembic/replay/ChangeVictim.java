package dev.stampguard.tool.alembic.replay;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import dev.stampguard.tool.python.driver.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that changes a database, to be killed while it does. */
public final class ChangeVictim {
  private ChangeVictim() {}

  /**
   * Gets as far as it is told, says so by a file, and waits.
   *
   * @param arguments the project; its Python; the server's port; the database; the moment
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    var changes =
        new Changes(
            directory,
            new Interpreter(Path.of(arguments[1]), "test"),
            new Target(
                arguments[3],
                List.of(new Target.Endpoint("localhost", Integer.parseInt(arguments[2]))),
                "postgres",
                Optional.of(new Secret("postgres")),
                Map.of(),
                "test"));
    AlembicChangeKilledTest.advance(
        changes.session(), AlembicChangeKilledTest.Moment.valueOf(arguments[4]));
    Files.createFile(directory.resolve("arrived"));
    Thread.sleep(600_000);
  }
}
