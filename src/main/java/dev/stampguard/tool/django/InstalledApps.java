package dev.stampguard.tool.django;

import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import dev.stampguard.tool.python.Span;
import dev.stampguard.tool.python.Statement;
import dev.stampguard.tool.python.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what settings plainly say of {@code INSTALLED_APPS} and {@code AUTH_USER_MODEL}: texts that
 * are written there, in lists that are put together out of others, and in modules that are imported
 * whole. What is added under a condition is left out.
 */
final class InstalledApps {
  private static final String APPS = "INSTALLED_APPS";
  private static final int DEEPEST = 5;

  private final Path root;
  private final Map<String, Set<String>> texts = new HashMap<>();
  private final Set<Path> seen = new LinkedHashSet<>();

  /**
   * @param root where modules are imported from: the directory of {@code manage.py}
   */
  InstalledApps(Path root) {
    this.root = root;
  }

  /** What is installed: dotted names of packages, or of classes that configure them. */
  Set<String> names() {
    return texts(APPS);
  }

  /** All texts in what a variable is set to. */
  Set<String> texts(String variable) {
    return texts.getOrDefault(variable, Set.of());
  }

  /** What a variable is plainly set to, the last time. */
  Optional<String> text(String variable) {
    Set<String> said = texts.getOrDefault(variable, Set.of());
    return said.size() == 1 ? said.stream().findFirst() : Optional.empty();
  }

  /** Reads a module, after those that it imports whole. */
  void read(Path file, PythonModule module) {
    seen.add(file);
    for (Statement statement : module.statements()) {
      List<Token> words = module.tokens(statement.span());
      switch (statement) {
        case Statement.Import imported when imported.names().isEmpty() -> imported(file, words);
        case Statement.Assign assign -> assigned(assign, module);
        case Statement.Evaluate(Span span, Expression value) -> changed(words);
        default -> {
          // Whether it comes to that is known only when it runs.
        }
      }
    }
  }

  private void assigned(Statement.Assign assign, PythonModule module) {
    if (assign.targets().size() != 1
        || !(assign.targets().getFirst() instanceof Expression.Name(Span span, String name))) {
      return;
    }
    texts.put(name, values(module.tokens(assign.value().span())));
  }

  /**
   * The texts among words, and those of the variables among them. Of {@code a += b} the words begin
   * with {@code a}, which thus keeps what it has.
   */
  private Set<String> values(List<Token> words) {
    var values = new LinkedHashSet<String>();
    for (Token word : words) {
      switch (word.kind()) {
        case STRING -> values.add(word.stringContent());
        case NAME -> values.addAll(texts.getOrDefault(word.text(), Set.of()));
        case NUMBER, OPERATOR, NEWLINE, INDENT, DEDENT, END -> {
          // They say nothing.
        }
      }
    }
    return values;
  }

  /** {@code INSTALLED_APPS.append("a")} and its kin. */
  private void changed(List<Token> words) {
    if (words.size() < 4 || !words.getFirst().isName(APPS) || !words.get(1).isOperator(".")) {
      return;
    }
    Set<String> named = values(words.subList(3, words.size()));
    var now = new LinkedHashSet<>(names());
    switch (words.get(2).text()) {
      case "append", "insert", "extend" -> now.addAll(named);
      case "remove" -> now.removeAll(named);
      default -> {
        // It changes nothing.
      }
    }
    texts.put(APPS, now);
  }

  /** {@code from .base import *}. */
  private void imported(Path file, List<Token> words) {
    if (words.size() < 4
        || !words.getFirst().isName("from")
        || !words.getLast().isOperator("*")
        || seen.size() > DEEPEST) {
      return;
    }
    String name =
        words.subList(1, words.size() - 2).stream().map(Token::text).collect(Collectors.joining());
    Path directory = name.startsWith(".") ? file.getParent() : root;
    String left = name.startsWith(".") ? name.substring(1) : name;
    while (left.startsWith(".") && directory != null) {
      directory = directory.getParent();
      left = left.substring(1);
    }
    if (directory != null) {
      module(directory, left).filter(found -> !seen.contains(found)).ifPresent(this::read);
    }
  }

  private void read(Path file) {
    try {
      read(file, PythonModule.parse(Files.readString(file)));
    } catch (IOException | PythonSyntaxException e) {
      // What is wrong with it is said when it is run.
    }
  }

  /** The file of a module. */
  static Optional<Path> module(Path directory, String name) {
    String path = name.replace('.', '/');
    return List.of(path + ".py", path + "/__init__.py").stream()
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
