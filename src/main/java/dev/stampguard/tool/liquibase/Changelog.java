package dev.stampguard.tool.liquibase;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changesets of a project, one after the other as the document has them. Those that run again
 * whenever they changed have their place in that order, too.
 */
record Changelog(Map<String, ChangeSet> byId, Scripts scripts) {
  /**
   * Puts them in a row.
   *
   * @param schema where names without a schema go; empty for wherever the search path has them
   * @param program what is to be said of what only Liquibase can run
   */
  static Changelog of(
      List<ChangeSet> sets,
      List<GraphProblem> found,
      Optional<String> schema,
      SchemaOperation.Program program) {
    var problems = new ArrayList<>(found);
    var byId = new LinkedHashMap<String, ChangeSet>();
    var revisions = new ArrayList<Revision>();
    Optional<String> before = Optional.empty();
    for (ChangeSet set : sets) {
      String id = set.revision();
      ChangeSet first = byId.putIfAbsent(id, set);
      if (first != null) {
        problems.add(
            new GraphProblem(
                GraphProblem.Kind.DUPLICATE_ID,
                "changeset `%s` is also in `%s:%s`".formatted(id, first.path(), first.line()),
                set.path(),
                set.line(),
                List.of(id)));
        continue;
      }
      revisions.add(
          new Revision(
              id,
              set.comment().lines().findFirst().orElse(""),
              set.path(),
              set.line(),
              before.stream().toList(),
              List.of(),
              List.of(),
              Optional.empty()));
      before = Optional.of(id);
    }
    RevisionGraph graph = RevisionGraph.of(revisions, problems);
    return new Changelog(byId, Scripts.of(graph, () -> content(byId, schema, program)));
  }

  private static Scripts.Content content(
      Map<String, ChangeSet> byId, Optional<String> schema, SchemaOperation.Program program) {
    var operations = new LinkedHashMap<String, List<SchemaOperation>>();
    var idle = new HashSet<String>();
    byId.forEach(
        (id, set) -> {
          operations.put(id, OperationReader.read(set, schema, program));
          if (set.isIdle()) {
            idle.add(id);
          }
        });
    return new Scripts.Content(operations, idle);
  }
}
