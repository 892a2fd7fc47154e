package dev.stampguard.diagnosis;

import static java.util.stream.Collectors.toList;

import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.LockFile;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with scripts and lock file by themselves, whatever a database holds. */
public final class ScriptHistory {
  private static final String SNAPSHOT =
      "`stampguard snapshot` writes `stampguard.lock` anew, to be committed with the scripts";

  private ScriptHistory() {}

  /**
   * The findings that need no database. A lock file that does not speak of exactly these scripts is
   * an error, as it is for {@code snapshot --check}; that there is none is not.
   *
   * @return heaviest first, then by code
   */
  public static List<Finding> findings(RevisionGraph graph, PreviousLock lock) {
    var findings = new ArrayList<Finding>();
    graph.problems().stream().map(ScriptHistory::finding).forEach(findings::add);
    severalHeads(graph).ifPresent(findings::add);
    switch (lock) {
      case PreviousLock.Absent() -> {}
      case PreviousLock.Broken(String reason) ->
          findings.add(
              stale("the lock file cannot be used", capital(reason) + ".", List.of(), SNAPSHOT));
      case PreviousLock.Intact intact -> findings.addAll(drift(graph, intact.drift()));
    }
    findings.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::code));
    return List.copyOf(findings);
  }

  static Finding finding(GraphProblem problem) {
    String title =
        switch (problem.kind()) {
          case UNREADABLE_SCRIPT -> "broken history: the script `%s:%s` cannot be loaded";
          case COMPUTED_PLACE -> "history not known: only running `%s:%s` tells what it follows";
          case MISSING_PARENT -> "broken history: what `%s:%s` continues is not there";
          case CYCLE -> "broken history: `%s:%s` is part of a circle";
          case DUPLICATE_ID -> "broken history: the id in `%s:%s` is taken";
        };
    String effect =
        switch (problem.kind()) {
          case UNREADABLE_SCRIPT, MISSING_PARENT, CYCLE ->
              "No upgrade can run, and what is pending is not known.";
          case COMPUTED_PLACE, DUPLICATE_ID -> "What is pending is not known.";
        };
    String hint =
        switch (problem.kind()) {
          case UNREADABLE_SCRIPT -> "mend the script, or take it away";
          case COMPUTED_PLACE -> "write it as a plain string";
          case MISSING_PARENT ->
              "bring the missing script back, or mend `down_revision` and `depends_on`";
          case CYCLE -> "mend `down_revision` in one of them";
          case DUPLICATE_ID -> "give one of both scripts another id";
        };
    return new Finding(
        FindingCode.SG111,
        Severity.ERROR,
        title.formatted(problem.file(), problem.line()),
        "%s:%s: %s. %s".formatted(problem.file(), problem.line(), problem.message(), effect),
        List.of(),
        problem.revisions(),
        hint + "; then `stampguard check`");
  }

  static Optional<Finding> severalHeads(RevisionGraph graph) {
    // Where there are several histories side by side each ends in a head of its own.
    List<String> heads =
        graph.heads().stream()
            .collect(
                Collectors.groupingBy(
                    id -> graph.find(id).map(Revision::strand).orElse(""), TreeMap::new, toList()))
            .values()
            .stream()
            .filter(strand -> strand.size() > 1)
            .flatMap(List::stream)
            .toList();
    if (heads.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            FindingCode.SG109,
            FindingCode.SG109.severity(),
            FindingCode.SG109.title(),
            "The scripts end in %s: %s."
                .formatted(Words.count(heads.size(), "head"), Words.names(heads)),
            List.of(),
            heads,
            "join them with a merge revision, or upgrade to `heads`"));
  }

  private static List<Finding> drift(RevisionGraph graph, LockDrift drift) {
    List<String> reparented = new ArrayList<>(drift.reparented());
    reparented.removeAll(drift.edited());
    Map<Boolean, List<String>> edited =
        drift.edited().stream()
            .collect(
                Collectors.partitioningBy(
                    id -> graph.find(id).filter(Revision::isRepeatable).isPresent()));
    return Stream.of(
            of(
                edited.get(true),
                "the lock is not current: scripts changed that run whenever they change",
                "Changed since `%s` was written: %s."
                    .formatted(LockFile.NAME, revisions(graph, edited.get(true))),
                SNAPSHOT),
            of(
                edited.get(false),
                "edited: a script is not the one it was proven with",
                "Edited since `%s` was written: %s."
                    .formatted(LockFile.NAME, revisions(graph, edited.get(false))),
                "bring the script back if it was applied anywhere, and put the change into a new revision; else "
                    + SNAPSHOT),
            of(
                drift.added(),
                "the lock is not current: it lacks revisions",
                "Not in `%s`: %s.".formatted(LockFile.NAME, revisions(graph, drift.added())),
                SNAPSHOT),
            of(
                reparented,
                "the lock is not current: revisions follow others than they did",
                "With other parents or dependencies than in `%s`: %s."
                    .formatted(LockFile.NAME, revisions(graph, reparented)),
                SNAPSHOT),
            of(
                drift.vanished(),
                "the lock is not current: scripts are gone",
                "In `%s`, and no script defines it: %s."
                    .formatted(LockFile.NAME, Words.names(drift.vanished())),
                "bring the script back if it was applied anywhere; else " + SNAPSHOT))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> of(List<String> ids, String title, String detail, String hint) {
    return ids.isEmpty() ? Optional.empty() : Optional.of(stale(title, detail, ids, hint));
  }

  private static Finding stale(String title, String detail, List<String> ids, String hint) {
    return new Finding(FindingCode.SG114, Severity.ERROR, title, detail, List.of(), ids, hint);
  }

  private static String revisions(RevisionGraph graph, List<String> ids) {
    return Words.names(
        ids.stream()
            .map(id -> graph.find(id).map(found -> found.file() + ":" + found.line()).orElse(id))
            .toList());
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
