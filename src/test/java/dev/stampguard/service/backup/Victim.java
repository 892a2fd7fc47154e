package dev.stampguard.service.backup;

import dev.stampguard.backup.BackupStore;
import dev.stampguard.backup.Manifest;
import dev.stampguard.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A program that makes or restores a backup and kills itself at a step. */
final class Victim {
  private Victim() {}

  /** Starts one and waits for its end. */
  static int run(Shop shop, int port, String path, String task, String step)
      throws IOException, InterruptedException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                Integer.toString(port),
                shop.database(),
                shop.project().toString(),
                path,
                task,
                step))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }

  /**
   * Works and dies.
   *
   * @param arguments port, database, project, PATH, {@code create} or the id of a backup to
   *     restore, and the step
   */
  public static void main(String[] arguments) {
    var target =
        new Target(
            arguments[1],
            List.of(new Target.Endpoint("localhost", Integer.parseInt(arguments[0]))),
            "postgres",
            Optional.empty(),
            Map.of(),
            "test");
    Path project = Path.of(arguments[2]);
    var store = new BackupStore(BackupStore.defaultDirectory(project));
    Steps steps = step -> dieAt(step, arguments[5]);
    if (arguments[4].equals("create")) {
      new BackupMaker(Shop.connector(), store, steps)
          .make(
              new BackupMaker.Request(
                  target,
                  Manifest.Kind.FULL,
                  Set.of(),
                  1,
                  Optional.of(Shop.ledger()),
                  Optional.empty(),
                  project,
                  List.of(project.resolve(".env")),
                  arguments[3],
                  "0.1",
                  Shop.TIME),
              Progress.NONE);
    } else {
      new Restorer(Shop.connector(), steps)
          .restore(
              new Restorer.Request(
                  store.find(arguments[4]),
                  Optional.of(target),
                  Restorer.Parts.ALL,
                  Optional.empty(),
                  Optional.empty(),
                  true,
                  false,
                  false,
                  1,
                  project,
                  arguments[3],
                  Shop.TIME),
              Progress.NONE);
    }
  }

  private static void dieAt(String step, String deadly) {
    if (step.equals(deadly)) {
      try {
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
        Thread.sleep(Duration.ofMinutes(1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
