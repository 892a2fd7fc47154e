package dev.stampguard.tool.liquibase;

import dev.stampguard.tool.GraphProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a changelog and all that it includes, in the order of the document. */
final class ChangelogReader {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");
  private static final Set<String> ENDINGS = Set.of("xml", "yaml", "yml", "json", "sql");

  /** What a changeset holds that changes nothing. */
  private static final Set<String> SILENT =
      Set.of(
          "comment",
          "rollback",
          "preConditions",
          "validCheckSum",
          "tagDatabase",
          "output",
          "modifySql",
          "empty");

  private final List<Path> roots;
  private final Function<Path, String> relative;
  private final Filter filter;
  private final Map<String, String> properties;
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
    this.roots = List.copyOf(roots);
    this.relative = relative;
    this.filter = filter;
    this.properties = new HashMap<>(parameters);
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
    read(normal(name), file, List.of(), List.of());
  }

  private void read(String name, Path file, List<String> contexts, List<String> labels) {
    if (!open.add(file)) {
      problem(file, 1, "it includes itself");
      return;
    }
    try {
      String text = Files.readString(file);
      Node changelog = parse(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
      String logical = changelog.value("logicalFilePath").map(ChangelogReader::normal).orElse(name);
      var place =
          new Place(
              name,
              logical,
              file,
              with(contexts, context(changelog)),
              with(labels, labels(changelog)));
      for (Node child : changelog.children()) {
        take(child, place);
      }
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

  /**
   * Where something is read.
   *
   * @param name the changelog as it was included
   * @param logical the same as the ledger has it
   * @param contexts of it and of all that includes it
   * @param labels likewise
   */
  private record Place(
      String name, String logical, Path file, List<String> contexts, List<String> labels) {}

  private static List<String> with(List<String> some, Optional<String> another) {
    return Stream.concat(some.stream(), another.stream()).toList();
  }

  private static Node parse(Path file, String text) throws UnreadableChangelogException {
    return switch (ending(file)) {
      case "xml" -> XmlChangelog.read(text);
      case "yaml", "yml" -> TreeChangelog.yaml(text);
      case "json" -> TreeChangelog.json(text);
      default -> FormattedSql.isFormatted(text) ? FormattedSql.read(text) : FormattedSql.raw(text);
    };
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
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
      case "property" -> property(node);
      default -> {
        // Nothing that is run.
      }
    }
  }

  private void property(Node node) {
    if (Filter.isOurs(node.value("dbms"))) {
      node.value("name")
          .ifPresent(name -> properties.putIfAbsent(name, node.valueOrChild("value").orElse("")));
    }
  }

  private String replaced(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    properties.getOrDefault(found.group(1).strip(), found.group())));
  }

  private Node replaced(Node node) {
    var attributes = new LinkedHashMap<String, String>();
    node.attributes().forEach((key, value) -> attributes.put(key, replaced(value)));
    return new Node(
        node.name(),
        attributes,
        node.children().stream().map(this::replaced).toList(),
        replaced(node.text()),
        node.line());
  }

  private static Optional<String> context(Node node) {
    return node.value("contextFilter")
        .or(() -> node.value("context"))
        .or(() -> node.value("contexts"));
  }

  private static Optional<String> labels(Node node) {
    return node.value("labels").or(() -> node.value("label"));
  }

  // Other files

  private String named(Place place, String file, boolean isRelative) {
    if (!isRelative) {
      return normal(file);
    }
    int slash = place.name().lastIndexOf('/');
    String beside = slash < 0 ? file : place.name().substring(0, slash + 1) + file;
    return normal(Path.of(normal(beside)).normalize().toString());
  }

  private Optional<Path> find(Place place, String name, String written, boolean isRelative) {
    if (isRelative) {
      return Optional.of(place.file().resolveSibling(written).normalize()).filter(Files::exists);
    }
    return roots.stream().map(root -> root.resolve(name)).filter(Files::exists).findFirst();
  }

  private void include(Node raw, Place place) {
    Node node = replaced(raw);
    Optional<String> written = node.value("file");
    if (written.isEmpty()) {
      problem(place.file(), node.line(), "it includes a file without a name");
      return;
    }
    boolean isRelative = node.flag("relativeToChangelogFile", false);
    String name = named(place, written.get(), isRelative);
    Optional<Path> file = find(place, name, written.get(), isRelative);
    if (file.isEmpty()) {
      if (node.flag("errorIfMissing", true)) {
        problem(place.file(), node.line(), "it includes `%s`, which is not there".formatted(name));
      }
      return;
    }
    read(
        name,
        file.get(),
        with(place.contexts(), context(node)),
        with(place.labels(), labels(node)));
  }

  private void includeAll(Node raw, Place place) {
    Node node = replaced(raw);
    String written = node.value("path").orElse("");
    boolean isRelative = node.flag("relativeToChangelogFile", false);
    String name = named(place, written, isRelative);
    Optional<Path> directory = find(place, name, written, isRelative).filter(Files::isDirectory);
    if (directory.isEmpty()) {
      if (node.flag("errorIfMissingOrEmpty", true)) {
        problem(place.file(), node.line(), "it includes `%s`, where nothing is".formatted(name));
      }
      return;
    }
    int depth = node.value("maxDepth").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
    String start = name.endsWith("/") || name.isEmpty() ? name : name + "/";
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(directory.get(), depth)) {
      found
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.contains(ending(file)))
          .filter(
              file ->
                  node.value("endsWithFilter")
                      .filter(end -> !file.toString().endsWith(end))
                      .isEmpty())
          .forEach(
              file ->
                  files.put(
                      start + directory.get().relativize(file).toString().replace('\\', '/'),
                      file));
    } catch (IOException e) {
      problem(place.file(), node.line(), "`%s` cannot be read".formatted(name));
    }
    files.forEach(
        (each, file) ->
            read(
                each,
                file,
                with(place.contexts(), context(node)),
                with(place.labels(), labels(node))));
  }

  // Changesets

  private void changeSet(Node raw, Place place) {
    Node node = replaced(raw);
    boolean isMeant =
        Filter.isOurs(node.value("dbms"))
            && filter.takes(
                with(place.contexts(), context(node)), with(place.labels(), labels(node)))
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
            ? sql(node, text.get(), 1)
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

  private Optional<String> content(Node node, Place place) {
    String written = node.value("path").orElse("");
    boolean isRelative = node.flag("relativeToChangelogFile", false);
    return find(place, named(place, written, isRelative), written, isRelative)
        .filter(Files::isRegularFile)
        .map(
            file -> {
              try {
                return replaced(Files.readString(file));
              } catch (IOException e) {
                problem(file, 1, "it cannot be read");
                return "";
              }
            });
  }
}
