package dev.stampguard.tool.django;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import dev.stampguard.tool.python.Statement;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One migration as its file says it.
 *
 * @param path of the file, relative to the project, with forward slashes
 * @param line 1-based line of its class
 * @param dependencies what must run before it, in the words of the file
 * @param runBefore what it must run before
 * @param replaces what it stands for
 * @param operations what it does; empty when that is not plainly a list
 * @param literals what the file's expressions say
 */
record MigrationFile(
    MigrationKey key,
    String path,
    int line,
    List<MigrationKey> dependencies,
    List<MigrationKey> runBefore,
    List<MigrationKey> replaces,
    Optional<List<Expression>> operations,
    Literals literals) {
  MigrationFile {
    dependencies = List.copyOf(dependencies);
    runBefore = List.copyOf(runBefore);
    replaces = List.copyOf(replaces);
  }

  /** Not a migration that Django, or we, could use. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient GraphProblem problem;

    UnreadableException(GraphProblem problem) {
      super(problem.message());
      this.problem = problem;
    }

    GraphProblem problem() {
      return problem;
    }
  }

  /**
   * Reads one.
   *
   * @param userModel what the settings say of {@code AUTH_USER_MODEL}, as {@code app.Model}
   */
  static MigrationFile read(MigrationKey key, Path file, String path, String userModel)
      throws UnreadableException {
    try {
      PythonModule module = PythonModule.parse(Files.readString(file));
      return new Reader(key, path, new Literals(module), userModel).read();
    } catch (PythonSyntaxException e) {
      throw unreadable(path, e.line(), "it is not Python: " + e.getMessage());
    } catch (CharacterCodingException e) {
      throw unreadable(path, 1, "it is not UTF-8");
    } catch (IOException e) {
      throw unreadable(path, 1, "it cannot be read");
    }
  }

  private static UnreadableException unreadable(String path, int line, String message) {
    return new UnreadableException(
        new GraphProblem(GraphProblem.Kind.UNREADABLE_SCRIPT, message, path, line, List.of()));
  }

  private record Reader(MigrationKey key, String path, Literals literals, String userModel) {
    MigrationFile read() throws UnreadableException {
      Statement.Definition migration =
          literals.module().statements().stream()
              .filter(Statement.Definition.class::isInstance)
              .map(Statement.Definition.class::cast)
              .filter(definition -> definition.name().equals("Migration"))
              .findFirst()
              .orElseThrow(() -> unreadable(path, 1, "it has no class `Migration`"));
      return new MigrationFile(
          key,
          path,
          migration.line(),
          keys(migration, "dependencies"),
          keys(migration, "run_before"),
          keys(migration, "replaces"),
          assigned(migration, "operations").map(literals::items).orElse(Optional.of(List.of())),
          literals);
    }

    private static Optional<Expression> assigned(Statement.Definition in, String name) {
      return in.body().stream()
          .filter(Statement.Assign.class::isInstance)
          .map(Statement.Assign.class::cast)
          .filter(
              assign ->
                  assign.targets().stream()
                      .anyMatch(t -> t instanceof Expression.Name n && n.id().equals(name)))
          .reduce((first, last) -> last)
          .map(Statement.Assign::value);
    }

    private List<MigrationKey> keys(Statement.Definition migration, String name)
        throws UnreadableException {
      Optional<Expression> value = assigned(migration, name);
      if (value.isEmpty()) {
        return List.of();
      }
      List<Expression> items =
          literals.items(value.get()).orElseThrow(() -> computed(value.get(), name));
      var keys = new ArrayList<MigrationKey>();
      for (Expression item : items) {
        keys.add(key(item).orElseThrow(() -> computed(item, name)));
      }
      return keys;
    }

    private Optional<MigrationKey> key(Expression item) {
      if (literals.called(item).equals("swappable_dependency")) {
        // Of another setting than the user's model nothing is known: it is somebody else's app.
        boolean isUser =
            ((Expression.Call) item)
                .arguments().stream()
                    .anyMatch(
                        argument ->
                            literals
                                .path(argument)
                                .filter(p -> p.endsWith(".AUTH_USER_MODEL"))
                                .isPresent());
        String app = isUser ? userModel.substring(0, userModel.indexOf('.')) : "";
        return Optional.of(new MigrationKey(app, MigrationKey.FIRST));
      }
      return literals
          .texts(item)
          .filter(texts -> texts.size() == 2)
          .map(texts -> new MigrationKey(texts.get(0), texts.get(1)));
    }

    private UnreadableException computed(Expression where, String name) {
      return new UnreadableException(
          new GraphProblem(
              GraphProblem.Kind.COMPUTED_PLACE,
              "its `%s` are known only when it runs".formatted(name),
              path,
              where.line(),
              List.of(key.id())));
    }
  }
}
