package dev.stampguard.tool.flyway;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import dev.stampguard.tool.command.ProgramScripts;
import dev.stampguard.tool.sql.SqlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a project's scripts in Flyway's order, and reads what each does to the schema. */
final class ScriptReader {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "((?:19|20)\\d\\d)(0[1-9]|1[0-2])([0-2]\\d|3[01])(?:([01]\\d|2[0-3])([0-5]\\d).*)?");

  /** Rows between {@code COPY … FROM STDIN} and the line that ends them are no SQL. */
  private static final Pattern COPIED =
      Pattern.compile("(?ims)^(\\s*COPY\\b[^;]*\\bFROM\\s+STDIN\\b[^;]*;)(.*?)^\\\\\\.\\s*$");

  private final Placeholders placeholders;

  private final SchemaOperation.Program program;

  /**
   * @param program what is to be said of migrations that are classes
   */
  ScriptReader(FlywaySettings settings, SchemaOperation.Program program) {
    this.placeholders = new Placeholders(settings);
    this.program = program;
  }

  /**
   * The scripts that make revisions, in the order in which Flyway runs them in an empty database. A
   * baseline script stands for what it was made of where that is not there any more.
   */
  static List<MigrationScript> ordered(List<MigrationScript> scripts) {
    Comparator<MigrationScript> byVersion =
        Comparator.comparing(MigrationScript::version).thenComparing(MigrationScript::path);
    List<MigrationScript> versioned =
        scripts.stream()
            .filter(script -> script.name().kind() == ScriptName.Kind.VERSIONED)
            .sorted(byVersion)
            .toList();
    Optional<MigrationScript> baseline =
        scripts.stream()
            .filter(script -> script.name().kind() == ScriptName.Kind.BASELINE)
            .max(byVersion)
            .filter(last -> versioned.stream().noneMatch(s -> s.version().isSame(last.version())));
    var ordered = new ArrayList<MigrationScript>();
    baseline.ifPresent(ordered::add);
    versioned.stream()
        .filter(
            script ->
                baseline.isEmpty() || script.version().compareTo(baseline.get().version()) > 0)
        .forEach(ordered::add);
    scripts.stream()
        .filter(MigrationScript::isRepeatable)
        .sorted(Comparator.comparing(MigrationScript::id).thenComparing(MigrationScript::path))
        .forEach(ordered::add);
    return ordered;
  }

  Scripts read(List<MigrationScript> ordered, List<GraphProblem> known) {
    var problems = new ArrayList<>(known);
    var revisions = new ArrayList<Revision>();
    var operations = new HashMap<String, List<SchemaOperation>>();
    var idle = new HashSet<String>();
    Optional<MigrationScript> before = Optional.empty();
    for (MigrationScript script : ordered) {
      if (!script.isRepeatable()
          && before.isPresent()
          && before.get().version().isSame(script.version())) {
        problems.add(duplicate(script, before.get()));
        continue;
      }
      revisions.add(revision(script, before));
      if (operations.putIfAbsent(script.id(), operations(script)) == null
          && script.text().filter(text -> SqlReader.isEmpty(text)).isPresent()) {
        idle.add(script.id());
      }
      before = script.isRepeatable() ? before : Optional.of(script);
    }
    RevisionGraph graph = RevisionGraph.of(revisions, problems);
    Map<String, List<SchemaOperation>> inOrder = new LinkedHashMap<>();
    graph.revisions().forEach(r -> inOrder.put(r.id(), operations.get(r.id())));
    return new Scripts(graph, inOrder, Set.copyOf(idle));
  }

  private static GraphProblem duplicate(MigrationScript script, MigrationScript first) {
    return new GraphProblem(
        GraphProblem.Kind.DUPLICATE_ID,
        "version `%s` is also that of `%s`".formatted(script.id(), first.path()),
        script.path(),
        1,
        List.of(first.id(), script.id()));
  }

  private static Revision revision(MigrationScript script, Optional<MigrationScript> before) {
    return new Revision(
        script.id(),
        script.name().description(),
        script.path(),
        1,
        script.isRepeatable() ? List.of() : before.map(MigrationScript::id).stream().toList(),
        List.of(),
        script.isRepeatable() ? List.of(Revision.REPEATABLE) : List.of(),
        created(script.id()));
  }

  private static Optional<String> created(String version) {
    Matcher date = TIMESTAMP.matcher(version);
    if (!date.matches()) {
      return Optional.empty();
    }
    String day = "%s-%s-%s".formatted(date.group(1), date.group(2), date.group(3));
    return Optional.of(
        date.group(4) == null ? day : "%s %s:%s".formatted(day, date.group(4), date.group(5)));
  }

  private List<SchemaOperation> operations(MigrationScript script) {
    if (script.text().isEmpty()) {
      return List.of(
          new SchemaOperation.Unreadable(
                  1,
                  "it is a Java migration, which only Flyway in its application can run",
                  ProgramScripts.text(script.file()).map(ProgramScripts::mayDrop).orElse(Set.of()),
                  true)
              .asProgram(program));
    }
    String file = script.file().getFileName().toString();
    String text = script.text().get();
    String sql = placeholders.replace(text.startsWith("\uFEFF") ? text.substring(1) : text, file);
    Matcher copied = COPIED.matcher(sql);
    return SqlReader.read(
        copied.replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1) + found.group(2).replaceAll("[^\\n]", ""))),
        1);
  }
}
