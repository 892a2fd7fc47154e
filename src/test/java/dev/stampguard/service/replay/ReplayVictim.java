package dev.stampguard.service.replay;

import dev.stampguard.postgres.scratch.DatabaseModel;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.postgres.scratch.Scratches;
import dev.stampguard.postgres.scratch.ServerPrograms;
import dev.stampguard.target.Target;
import dev.stampguard.tool.alembic.AlembicProject;
import dev.stampguard.tool.alembic.AlembicTool;
import dev.stampguard.tool.python.driver.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that replays, to be killed while it does. */
public final class ReplayVictim {
  private ReplayVictim() {}

  /**
   * Replays.
   *
   * @param arguments the project; its Python; the directory of PostgreSQL's programs, or {@code -}
   *     and the port of a server
   */
  public static void main(String[] arguments) {
    AlembicProject project =
        (AlembicProject) new AlembicTool().detect(Path.of(arguments[0])).orElseThrow();
    boolean throwAway = !arguments[2].equals("-");
    ScratchPlacement placement =
        throwAway
            ? new ScratchPlacement.Auto()
            : new ScratchPlacement.At(
                new Target(
                    "postgres",
                    List.of(new Target.Endpoint("localhost", Integer.parseInt(arguments[3]))),
                    "postgres",
                    Optional.empty(),
                    Map.of(),
                    "test"));
    Optional<ServerPrograms> programs =
        throwAway ? Optional.of(new ServerPrograms(Path.of(arguments[2]))) : Optional.empty();
    Replays.replay(
        new Replays.Request(
            project,
            Replays.run(project),
            new Interpreter(Path.of(arguments[1]), "test"),
            new Scratches.Request(placement, Optional.empty(), DatabaseModel.plain(), List.of()),
            Optional.empty()),
        programs,
        (done, total) -> {});
  }
}
