package dev.stampguard.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a judgement by the lock file takes from a project, beside the tool's {@link
 * MigrationTool#settingsFiles()} and the place of its ledger. Where two are equal, and so is what
 * is in the files, the project's scripts are the same, and a ledger's rows mean the same.
 *
 * @param facts in a fixed order, each one another text whenever it means something else; they may
 *     hold secrets
 * @param files whose content counts, whether they are there or not
 */
public record Premises(List<String> facts, List<Path> files) {
  public Premises {
    facts = List.copyOf(facts);
    files = List.copyOf(files);
  }

  /**
   * A history and its scripts.
   *
   * @param directory of the project
   */
  public static Premises of(RevisionGraph graph, Path directory) {
    return new Premises(
        List.of(graph.revisions().toString(), graph.problems().toString()),
        graph.revisions().stream()
            .map(revision -> graph.place(directory, revision.file()))
            .distinct()
            .toList());
  }

  /** These and others. */
  public Premises and(List<String> otherFacts, List<Path> otherFiles) {
    var allFacts = new ArrayList<>(facts);
    allFacts.addAll(otherFacts);
    var allFiles = new ArrayList<>(files);
    allFiles.addAll(otherFiles);
    return new Premises(allFacts, allFiles);
  }
}
