package dev.stampguard.tool.liquibase;

import dev.stampguard.tool.GraphProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a changelog and all that it includes, in the order of the document. */
final class ChangelogReader {

  /** What a changeset holds that changes nothing. */
  private static final Set<String> SILENT =
      Set.of("comment", "rollback", "preConditions", "validCheckSum", "modifySql");

  private final ChangelogFiles files;
  private final Function<Path, String> relative;
  private final Filter filter;
  private final Parameters parameters;
  private final List<ChangeSet> sets = new ArrayList<>();
  private final List<GraphProblem> problems = new ArrayList<>();
  private final Set<Path> open = new HashSet<>();

  /**
   * @param roots where files are looked for
   * @param relative how messages name a file
   * @param parameters what the settings say in place of changelog properties
   */
  ChangelogReader(
      List<Path> roots,
      Function<Path, String> relative,
      Filter filter,
      Map<String, String> parameters) {
    this.files = new ChangelogFiles(roots);
    this.relative = relative;
    this.filter = filter;
    this.parameters = new Parameters(parameters);
  }

  List<ChangeSet> sets() {
    return List.copyOf(sets);
  }

  List<GraphProblem> problems() {
    return List.copyOf(problems);
  }

  /** A name as the ledger writes it ({@code DatabaseChangeLog.normalizePath}). */
  static String normal(String name) {
    String plain = name.replace('\\', '/').replaceFirst("^classpath\\*?:", "");
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    return plain.replaceFirst("^/+", "");
  }

  /**
   * Reads the first changelog.
   *
   * @param name as settings name it
   */
  void read(String name, Path file) {
    String plain = normal(name);
    read(new Place(plain, plain, file, List.of(), List.of()));
  }

  private void read(Place place) {
    Path file = place.file();
    if (!open.add(file)) {
      problem(file, 1, "it includes itself");
      return;
    }
    try {
      String text = Files.readString(file);
      Node changelog = parse(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
      Place inside = place.inside(changelog);
      changelog.children().forEach(child -> take(child, inside));
    } catch (UnreadableChangelogException e) {
      problem(file, e.line(), e.getMessage());
    } catch (CharacterCodingException e) {
      problem(file, 1, "it is not UTF-8");
    } catch (IOException e) {
      problem(file, 1, "it cannot be read");
    } finally {
      open.remove(file);
    }
  }

  private static Node parse(Path file, String text) throws UnreadableChangelogException {
    return switch (ChangelogFiles.ending(file)) {
      case "xml" -> XmlChangelog.read(text);
      case "yaml", "yml" -> TreeChangelog.yaml(text);
      case "json" -> TreeChangelog.json(text);
      default -> FormattedSql.isFormatted(text) ? FormattedSql.read(text) : FormattedSql.raw(text);
    };
  }

  private void problem(Path file, int line, String message) {
    problems.add(
        new GraphProblem(
            GraphProblem.Kind.UNREADABLE_SCRIPT, message, relative.apply(file), line, List.of()));
  }

  private void take(Node node, Place place) {
    switch (node.name()) {
      case "changeSet" -> changeSet(node, place);
      case "include" -> include(node, place);
      case "includeAll" -> includeAll(node, place);
      case "property" -> parameters.take(node);
      default -> {
        // Nothing that is run.
      }
    }
  }

  // Other files

  private void include(Node raw, Place place) {
    Node node = parameters.replaced(raw);
    Optional<String> written = node.value("file");
    if (written.isEmpty()) {
      problem(place.file(), node.line(), "it includes a file without a name");
      return;
    }
    boolean isRelative = node.flag("relativeToChangelogFile", false);
    String name = place.named(written.get(), isRelative);
    Optional<Path> file = files.find(place, name, written.get(), isRelative);
    if (file.isEmpty()) {
      if (node.flag("errorIfMissing", true)) {
        problem(place.file(), node.line(), "it includes `%s`, which is not there".formatted(name));
      }
      return;
    }
    read(new Place(name, name, file.get(), place.contexts(node), place.labels(node)));
  }

  private void includeAll(Node raw, Place place) {
    Node node = parameters.replaced(raw);
    String written = node.value("path").orElse("");
    boolean isRelative = node.flag("relativeToChangelogFile", false);
    String name = place.named(written, isRelative);
    Optional<Path> directory =
        files.find(place, name, written, isRelative).filter(Files::isDirectory);
    if (directory.isEmpty()) {
      if (node.flag("errorIfMissingOrEmpty", true)) {
        problem(place.file(), node.line(), "it includes `%s`, where nothing is".formatted(name));
      }
      return;
    }
    try {
      ChangelogFiles.below(directory.get(), name, node)
          .forEach(
              (each, file) ->
                  read(new Place(each, each, file, place.contexts(node), place.labels(node))));
    } catch (IOException e) {
      problem(place.file(), node.line(), "`%s` cannot be read".formatted(name));
    }
  }

  // Changesets

  private void changeSet(Node raw, Place place) {
    Node node = parameters.replaced(raw);
    boolean isMeant =
        Filter.isOurs(node.value("dbms"))
            && filter.takes(place.contexts(node), place.labels(node))
            && !node.flag("ignore", false);
    if (!isMeant) {
      return;
    }
    Optional<String> id = node.value("id");
    Optional<String> author = node.value("author");
    if (id.isEmpty() || author.isEmpty()) {
      problem(place.file(), node.line(), "it has a changeset without id or author");
      return;
    }
    var changes = new ArrayList<ChangeSet.Change>();
    boolean isConditional = false;
    for (Node child : node.children()) {
      isConditional |= child.name().equals("preConditions");
      if (!SILENT.contains(child.name()) && Filter.isOurs(child.value("dbms"))) {
        changes.add(change(child, place));
      }
    }
    sets.add(
        new ChangeSet(
            id.get(),
            author.get(),
            node.value("logicalFilePath").map(ChangelogReader::normal).orElse(place.logical()),
            relative.apply(place.file()),
            node.line(),
            node.valueOrChild("comment").orElse("").strip(),
            node.flag("runOnChange", false) || node.flag("runAlways", false),
            node.flag("runInTransaction", true),
            isConditional,
            node.children("validCheckSum").findAny().isPresent()
                || node.value("validCheckSum").isPresent(),
            changes,
            node.children("modifySql").findAny().isPresent()));
  }

  private ChangeSet.Change change(Node node, Place place) {
    return switch (node.name()) {
      case "sql" -> sql(node, node.value("sql").orElse(node.text()), node.line());
      case "sqlFile" -> {
        Optional<String> text = content(node, place);
        yield text.isPresent() && node.value("encoding").isEmpty()
            ? file(node, text.get())
            : new ChangeSet.Other(node);
      }
      default -> new ChangeSet.Other(node);
    };
  }

  private static ChangeSet.Change sql(Node node, String text, int line) {
    return new ChangeSet.Sql(
        text,
        line,
        node.flag("splitStatements", true),
        node.attributes().getOrDefault("endDelimiter", ""));
  }

  private ChangeSet.Change file(Node node, String text) {
    return new ChangeSet.Sql(
        parameters.replaced(text),
        1,
        node.flag("splitStatements", true),
        node.attributes().getOrDefault("endDelimiter", ""),
        text);
  }

  private Optional<String> content(Node node, Place place) {
    String written = node.value("path").orElse("");
    boolean isRelative = node.flag("relativeToChangelogFile", false);
    return files
        .find(place, place.named(written, isRelative), written, isRelative)
        .filter(Files::isRegularFile)
        .map(
            file -> {
              try {
                return Files.readString(file);
              } catch (IOException e) {
                problem(file, 1, "it cannot be read");
                return "";
              }
            });
  }
}
