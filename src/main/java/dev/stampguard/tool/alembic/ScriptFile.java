package dev.stampguard.tool.alembic;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import dev.stampguard.tool.python.Statement;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One revision script, read or found unreadable. */
sealed interface ScriptFile {
  /**
   * A script that was read.
   *
   * @param revision its place in the history, with labels still standing among its parents
   * @param operations what its upgrade does
   * @param isIdle whether its upgrade plainly does nothing, neither to the schema nor to data
   */
  record Read(Revision revision, List<SchemaOperation> operations, boolean isIdle)
      implements ScriptFile {}

  /** A script that could not be read at all. */
  record Unreadable(GraphProblem problem) implements ScriptFile {}

  /**
   * Reads a script.
   *
   * @param content what is in the file
   * @param name its path relative to the project, with forward slashes
   */
  static ScriptFile read(byte[] content, String name) {
    try {
      return new Header(PythonModule.parse(text(content)), name).read();
    } catch (PythonSyntaxException e) {
      return unreadable(name, e.line(), "it is not Python: " + e.getMessage());
    } catch (CharacterCodingException e) {
      return unreadable(name, 1, "it is not UTF-8");
    }
  }

  /** A script of which not even the content can be had. */
  static ScriptFile unreadable(String name) {
    return unreadable(name, 1, "it cannot be read");
  }

  private static String text(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private static ScriptFile unreadable(String name, int line, String message) {
    return unreadable(GraphProblem.Kind.UNREADABLE_SCRIPT, name, line, message);
  }

  private static ScriptFile unreadable(
      GraphProblem.Kind kind, String name, int line, String message) {
    return new Unreadable(new GraphProblem(kind, message, name, line, List.of()));
  }

  /** Reads what a script says of itself, as {@code alembic.script.base.Script} does. */
  final class Header {
    /** Before Alembic 0.2 the file's name alone was the id; that still holds without a variable. */
    private static final Pattern LEGACY_ID = Pattern.compile("(?:.*/)?([a-f0-9]+)\\.py");

    private static final Pattern CREATE_DATE =
        Pattern.compile("^\\s*Create Date:\\s*(\\S.*?)\\s*$", Pattern.MULTILINE);

    private static final Pattern FILE_DATE =
        Pattern.compile(
            "(?:.*/)?((?:19|20)\\d\\d)[-_]?(0[1-9]|1[0-2])[-_]?([0-2]\\d|3[01])"
                + "(?:[-_T]?([01]\\d|2[0-3])[-_]?([0-5]\\d)(?:[-_]?[0-5]\\d)?)?[-_].*");

    private final PythonModule module;
    private final Scope scope;
    private final String name;

    Header(PythonModule module, String name) {
      this.module = module;
      this.scope = Scope.of(module);
      this.name = name;
    }

    ScriptFile read() {
      Matcher legacy = LEGACY_ID.matcher(name);
      Optional<Statement.Assign> declared = assignment("revision");
      if (declared.isEmpty() && !legacy.matches()) {
        return unreadable(name, 1, "it declares no `revision`");
      }
      int line = declared.map(Statement::line).orElse(1);
      Optional<List<String>> id =
          declared.isPresent() ? ids("revision") : Optional.of(List.of(legacy.group(1)));
      if (id.isEmpty() || id.get().size() != 1) {
        return notLiteral("revision");
      }
      for (String variable : List.of("down_revision", "depends_on", "branch_labels")) {
        if (ids(variable).isEmpty()) {
          return notLiteral(variable);
        }
      }
      return new Read(
          new Revision(
              id.get().getFirst(),
              message(),
              name,
              line,
              ids("down_revision").orElseThrow(),
              ids("depends_on").orElseThrow(),
              ids("branch_labels").orElseThrow(),
              created()),
          UpgradeReader.read(module),
          isIdle());
    }

    private boolean isIdle() {
      return scope.find("upgrade").orElse(null) instanceof Binding.Local(var upgrade)
          && upgrade.body().stream().allMatch(Header::doesNothing);
    }

    /** {@code pass}, a text, and a {@code return} of nothing. */
    private static boolean doesNothing(Statement statement) {
      return switch (statement) {
        case Statement.Other o -> true;
        case Statement.Evaluate evaluate -> evaluate.value() instanceof Expression.Text;
        case Statement.Leave leave -> !leave.raises() && leave.value().isEmpty();
        case Statement.Assign a -> false;
        case Statement.Function f -> false;
        case Statement.Definition d -> false;
        case Statement.With w -> false;
        case Statement.Conditional c -> false;
        case Statement.Compound c -> false;
        case Statement.Import i -> false;
      };
    }

    private ScriptFile notLiteral(String variable) {
      return unreadable(
          GraphProblem.Kind.COMPUTED_PLACE,
          name,
          assignment(variable).map(Statement::line).orElse(1),
          "it computes its `%s` when it runs".formatted(variable));
    }

    private Optional<Statement.Assign> assignment(String variable) {
      return module.statements().stream()
          .filter(Statement.Assign.class::isInstance)
          .map(Statement.Assign.class::cast)
          .filter(assign -> assign.targets().stream().anyMatch(target -> isName(target, variable)))
          .reduce((first, last) -> last);
    }

    private static boolean isName(Expression target, String variable) {
      return target instanceof Expression.Name found && found.id().equals(variable);
    }

    /** A variable's ids: none when it is missing or None; empty when it is not literal. */
    private Optional<List<String>> ids(String variable) {
      if (!(scope.find(variable).orElse(null) instanceof Binding.Value(var value))) {
        return Optional.of(List.of());
      }
      Expression resolved = scope.resolve(value);
      if (resolved instanceof Expression.None) {
        return Optional.of(List.of());
      }
      Optional<String> text = scope.text(resolved);
      if (text.isPresent()) {
        return Optional.of(List.of(text.get()));
      }
      return scope.items(resolved).flatMap(this::texts);
    }

    private Optional<List<String>> texts(List<Expression> items) {
      var texts = new LinkedHashSet<String>();
      for (Expression item : items) {
        Optional<String> text = scope.text(item);
        if (text.isEmpty()) {
          return Optional.empty();
        }
        texts.add(text.get());
      }
      return Optional.of(List.copyOf(texts));
    }

    private String message() {
      return module
          .docstring()
          .flatMap(text -> text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst())
          .orElse("");
    }

    private Optional<String> created() {
      Matcher date = CREATE_DATE.matcher(module.docstring().orElse(""));
      if (date.find()) {
        return Optional.of(date.group(1));
      }
      Matcher file = FILE_DATE.matcher(name);
      if (!file.matches()) {
        return Optional.empty();
      }
      String day = "%s-%s-%s".formatted(file.group(1), file.group(2), file.group(3));
      return Optional.of(
          file.group(4) == null ? day : "%s %s:%s".formatted(day, file.group(4), file.group(5)));
    }
  }
}
