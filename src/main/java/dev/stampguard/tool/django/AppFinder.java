package dev.stampguard.tool.django;

import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import dev.stampguard.tool.python.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the apps of a project that have migrations. */
final class AppFinder {
  /** How far below {@code manage.py} an app may be. */
  private static final int DEEPEST = 4;

  private static final String MIGRATIONS = "migrations";

  /** Directories that hold other people's code, or none. */
  private static final Set<String> FOREIGN =
      Set.of("venv", "env", "node_modules", "site-packages", "__pycache__", "static", "media");

  private AppFinder() {}

  /**
   * An app.
   *
   * @param label what the ledger calls it
   * @param migrations the directory of its migrations
   * @param shown what messages call that directory, where it is not the project's
   */
  record App(String label, Path migrations, Optional<String> shown) {}

  /** The apps below a directory, by path. */
  static List<App> below(Path root) {
    var apps = new ArrayList<App>();
    look(root, 0, apps);
    return apps;
  }

  private static void look(Path directory, int depth, List<App> apps) {
    Path migrations = directory.resolve(MIGRATIONS);
    if (depth > 0 && holdsMigrations(migrations)) {
      apps.add(new App(label(directory), migrations, Optional.empty()));
    }
    if (depth == DEEPEST) {
      return;
    }
    for (Path below : directories(directory)) {
      look(below, depth + 1, apps);
    }
  }

  /** A directory of Alembic's bears the same name, and is no package. */
  static boolean holdsMigrations(Path directory) {
    return Files.isDirectory(directory)
        && (Files.isRegularFile(directory.resolve("__init__.py"))
            || files(directory).stream()
                .anyMatch(file -> Character.isDigit(file.getFileName().toString().charAt(0))));
  }

  /** What Django takes for migrations ({@code MigrationLoader.load_disk}), by name. */
  static List<Path> files(Path migrations) {
    try (Stream<Path> entries = Files.list(migrations)) {
      return entries
          .filter(file -> file.getFileName().toString().matches("[^_~.].*\\.py"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Path> directories(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(Files::isDirectory)
          .filter(
              entry -> {
                String name = entry.getFileName().toString();
                return !name.startsWith(".") && !FOREIGN.contains(name) && !name.equals(MIGRATIONS);
              })
          .filter(entry -> !Files.exists(entry.resolve("pyvenv.cfg")))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What {@code apps.py} plainly says, else the directory's name. */
  static String label(Path app) {
    String usual = app.getFileName().toString();
    Path file = app.resolve("apps.py");
    if (!Files.isRegularFile(file)) {
      return usual;
    }
    try {
      PythonModule module = PythonModule.parse(Files.readString(file));
      var literals = new Literals(module);
      for (Statement statement : module.statements()) {
        if (statement instanceof Statement.Definition config) {
          Optional<String> name = assigned(config, "name", literals);
          if (name.isPresent()) {
            String last = name.get().substring(name.get().lastIndexOf('.') + 1);
            return assigned(config, "label", literals).orElse(last);
          }
        }
      }
      return usual;
    } catch (IOException | PythonSyntaxException e) {
      return usual;
    }
  }

  private static Optional<String> assigned(
      Statement.Definition config, String name, Literals literals) {
    return config.body().stream()
        .filter(Statement.Assign.class::isInstance)
        .map(Statement.Assign.class::cast)
        .filter(
            assign ->
                assign.targets().stream()
                    .anyMatch(t -> t instanceof Expression.Name n && n.id().equals(name)))
        .findFirst()
        .flatMap(assign -> literals.text(assign.value()));
  }
}
