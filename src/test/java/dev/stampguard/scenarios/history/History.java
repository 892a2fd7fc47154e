package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Migration scripts as data, oldest first: each revision is a list of SQL statements.
 *
 * @param schema where names without one go, the ledger's too
 * @param scripts every revision after all that it needs
 */
record History(String schema, List<Script> scripts) {
  /**
   * One revision.
   *
   * @param id unique
   * @param parents what it continues
   * @param dependsOn what it needs besides
   * @param steps its statements; none for a revision without trace
   */
  record Script(String id, Set<String> parents, Set<String> dependsOn, List<String> steps) {
    Script {
      parents = new TreeSet<>(parents);
      dependsOn = new TreeSet<>(dependsOn);
      steps = List.copyOf(steps);
    }

    Set<String> needs() {
      var needs = new TreeSet<>(parents);
      needs.addAll(dependsOn);
      return needs;
    }
  }

  History {
    scripts = List.copyOf(scripts);
  }

  /** Where the claim is written down. */
  QualifiedName ledger() {
    return new QualifiedName(schema, "alembic_version");
  }

  List<String> ids() {
    return scripts.stream().map(Script::id).toList();
  }

  Script script(String id) {
    return scripts.stream().filter(script -> script.id().equals(id)).findFirst().orElseThrow();
  }

  /** The given revisions and all they need. */
  Set<String> closure(Set<String> ids) {
    var closure = new HashSet<>(ids);
    for (Script script : scripts.reversed()) {
      if (closure.contains(script.id())) {
        closure.addAll(script.needs());
      }
    }
    return closure;
  }

  /** The given revisions and all that need them. */
  Set<String> descendants(Set<String> ids) {
    var reached = new HashSet<>(ids);
    for (Script script : scripts) {
      if (script.needs().stream().anyMatch(reached::contains)) {
        reached.add(script.id());
      }
    }
    return reached;
  }

  /** Members that no other member needs, sorted: the short name of a down-closed set. */
  List<String> heads(Set<String> members) {
    var heads = new TreeSet<>(members);
    for (Script script : scripts) {
      if (members.contains(script.id())) {
        heads.removeAll(script.needs());
      }
    }
    return List.copyOf(heads);
  }

  /** The rows that Alembic would have recorded: members that are no other member's parent. */
  List<String> rows(Set<String> members) {
    var rows = new TreeSet<>(members);
    for (Script script : scripts) {
      if (members.contains(script.id())) {
        rows.removeAll(script.parents());
      }
    }
    return List.copyOf(rows);
  }

  /** Every down-closed set of revisions. */
  List<Set<String>> states() {
    List<Set<String>> states = new ArrayList<>(List.of(Set.of()));
    for (Script script : scripts) {
      for (Set<String> state : List.copyOf(states)) {
        if (state.containsAll(script.needs())) {
          var larger = new HashSet<>(state);
          larger.add(script.id());
          states.add(larger);
        }
      }
    }
    return states;
  }

  /** As a migration tool would read it; dates keep the order of this list. */
  Scripts toScripts() {
    var revisions = new ArrayList<Revision>();
    for (Script script : scripts) {
      revisions.add(
          new Revision(
              script.id(),
              "",
              "versions/" + script.id() + ".py",
              1,
              List.copyOf(script.parents()),
              List.copyOf(script.dependsOn()),
              List.of(),
              Optional.of("2026-01-01 00:00:%02d".formatted(revisions.size()))));
    }
    return new Scripts(RevisionGraph.of(revisions, List.of()), Map.of());
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Script script : scripts) {
      text.append(script.id()).append(" after ").append(script.parents());
      if (!script.dependsOn().isEmpty()) {
        text.append(" depends on ").append(script.dependsOn());
      }
      text.append('\n');
      script.steps().forEach(step -> text.append("    ").append(step).append(";\n"));
    }
    return text.toString();
  }
}
