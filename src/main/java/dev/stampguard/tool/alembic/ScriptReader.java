package dev.stampguard.tool.alembic;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the scripts of a project. What a known script says of its place in the history is taken as
 * it is known; the script itself is parsed when somebody asks what it does.
 */
final class ScriptReader {
  private final KnownScripts known;
  private final List<Content> contents = new ArrayList<>();

  /** One script as it stood when the history was read; no later change of the file counts. */
  private record Content(String name, Optional<byte[]> bytes) {
    ScriptFile parse() {
      return bytes
          .map(content -> ScriptFile.read(content, name))
          .orElseGet(() -> ScriptFile.unreadable(name));
    }
  }

  private ScriptReader(KnownScripts known) {
    this.known = known;
  }

  /**
   * Reads scripts.
   *
   * @param files by their names, which are relative to the project, in the order that counts
   */
  static Scripts read(Map<String, Path> files, KnownScripts known) {
    var reader = new ScriptReader(known);
    files.forEach((name, file) -> reader.contents.add(new Content(name, bytes(file))));
    return reader.fromKnown().orElseGet(reader::parsed);
  }

  private static Optional<byte[]> bytes(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty when something of the history depends on more than is known. */
  private Optional<Scripts> fromKnown() {
    if (known.revisions().isEmpty()) {
      return Optional.empty();
    }
    var revisions = new ArrayList<Revision>();
    var problems = new ArrayList<GraphProblem>();
    int found = 0;
    for (Content content : contents) {
      Optional<Revision> revision =
          content.bytes().flatMap(bytes -> known.find(content.name(), bytes));
      if (revision.isPresent()) {
        revisions.add(revision.get());
        found++;
      } else {
        add(content.parse(), revisions, problems);
      }
    }
    boolean isWhole = found == contents.size() && found == known.revisions().size();
    if (!isWhole && (hasLabels(revisions) || hasLabels(known.revisions()))) {
      // What a label meant then, when a parent was named by it, it may not mean now.
      return Optional.empty();
    }
    RevisionGraph graph = RevisionGraph.of(withoutLabels(revisions), problems);
    return Optional.of(Scripts.of(graph, () -> content(graph)));
  }

  private static boolean hasLabels(Collection<Revision> revisions) {
    return revisions.stream().anyMatch(revision -> !revision.labels().isEmpty());
  }

  private static void add(
      ScriptFile script, List<Revision> revisions, List<GraphProblem> problems) {
    switch (script) {
      case ScriptFile.Read read -> revisions.add(read.revision());
      case ScriptFile.Unreadable(var problem) -> problems.add(problem);
    }
  }

  private Scripts parsed() {
    var revisions = new ArrayList<Revision>();
    var problems = new ArrayList<GraphProblem>();
    List<ScriptFile> scripts = contents.stream().map(Content::parse).toList();
    scripts.forEach(script -> add(script, revisions, problems));
    RevisionGraph graph = RevisionGraph.of(withoutLabels(revisions), problems);
    Scripts.Content content = content(graph, scripts);
    return new Scripts(graph, content.operations(), content.idle());
  }

  private Scripts.Content content(RevisionGraph graph) {
    return content(graph, contents.stream().map(Content::parse).toList());
  }

  private static Scripts.Content content(RevisionGraph graph, List<ScriptFile> scripts) {
    var operations = new HashMap<String, List<SchemaOperation>>();
    var idle = new HashSet<String>();
    for (ScriptFile script : scripts) {
      // of two scripts with one id the graph keeps the first by name, and so does this
      if (script instanceof ScriptFile.Read(var revision, var done, var isIdle)
          && operations.putIfAbsent(revision.id(), done) == null
          && isIdle) {
        idle.add(revision.id());
      }
    }
    var ordered = new LinkedHashMap<String, List<SchemaOperation>>();
    graph.revisions().stream()
        .filter(revision -> operations.containsKey(revision.id()))
        .forEach(revision -> ordered.put(revision.id(), operations.get(revision.id())));
    return new Scripts.Content(ordered, idle);
  }

  /** Alembic lets a script name a parent or a dependency by its branch label as well. */
  private static List<Revision> withoutLabels(List<Revision> revisions) {
    Map<String, String> ids = new HashMap<>();
    for (Revision revision : revisions) {
      revision.labels().forEach(label -> ids.put(label, revision.id()));
    }
    revisions.forEach(revision -> ids.put(revision.id(), revision.id()));
    return revisions.stream()
        .map(
            revision ->
                new Revision(
                    revision.id(),
                    revision.message(),
                    revision.file(),
                    revision.line(),
                    named(revision.parents(), ids),
                    named(revision.dependsOn(), ids),
                    revision.labels(),
                    revision.created()))
        .toList();
  }

  private static List<String> named(List<String> names, Map<String, String> ids) {
    return names.stream().map(name -> ids.getOrDefault(name, name)).distinct().toList();
  }
}
