package dev.stampguard.diagnosis;

import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.Failure;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.RevisionExpectation.Unread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recorded revisions that keep the question from being answered, because nobody knows what they
 * must leave behind:
 *
 * <ul>
 *   <li>{@link Expectation#unaccounted()}: running failed at them, and their scripts tell nothing;
 *   <li>those that nothing at all is known of;
 *   <li>those whose scripts are programs that could not be read wholly, where nothing else tells
 *       what they do;
 *   <li>those that were not read wholly, where the database shows nothing of any recorded revision:
 *       nothing else speaks for it then.
 * </ul>
 *
 * <p>Not among them is one of which somebody accepted in the settings that it is not judged.
 *
 * <p>That a script was not read wholly is otherwise no reason: what is known of it is there or is
 * not, and that its revision only left data behind is as likely as anything.
 */
final class Unaccounted {
  private final Expectation expectation;
  private final Acceptance acceptance;
  private final Map<String, RevisionDiagnosis> members = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  private Unaccounted(Expectation expectation, Acceptance acceptance) {
    this.expectation = expectation;
    this.acceptance = acceptance;
  }

  /**
   * Those of a database.
   *
   * @param acceptance tells of which somebody accepted that they are not judged
   */
  static Unaccounted of(Situation situation, Acceptance acceptance) {
    var unaccounted = new Unaccounted(situation.facts().expectation(), acceptance);
    unaccounted.collect(situation.revisions());
    return unaccounted;
  }

  private void collect(Map<String, RevisionDiagnosis> revisions) {
    for (Failure failure : expectation.unaccounted()) {
      failures.put(failure.revision(), failure.reason());
    }
    List<RevisionDiagnosis> recorded =
        revisions.values().stream().filter(RevisionDiagnosis::recorded).toList();
    boolean isBlind = recorded.stream().allMatch(revision -> revision.evidence() == Evidence.NONE);
    for (RevisionDiagnosis revision : recorded) {
      String id = revision.revision().id();
      boolean isKnown = expectation.revisions().containsKey(id);
      boolean isOpen =
          !isKnown || failures.containsKey(id) || isProgram(id) || (isBlind && !isReadWholly(id));
      if (isOpen && !acceptance.acceptsUnjudged(id)) {
        members.put(id, revision);
      }
    }
  }

  private boolean isProgram(String id) {
    return switch (expectation.source()) {
      case SCRIPTS, REFERENCE -> expectation.opaque().contains(id);
      case LOCK, REPLAY -> false;
    };
  }

  private boolean isReadWholly(String id) {
    return Optional.ofNullable(expectation.revisions().get(id))
        .filter(RevisionExpectation::exact)
        .isPresent();
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  boolean contains(String id) {
    return members.containsKey(id);
  }

  /** The revisions, oldest first. */
  Map<String, RevisionDiagnosis> members() {
    return members;
  }

  /** What was tried with a revision and how it failed; empty when nothing was. */
  Optional<String> failure(String id) {
    return Optional.ofNullable(failures.get(id));
  }

  /** The line of settings that would let it be run; empty when nothing is lacking for that. */
  Optional<String> setting(String id) {
    return unread(id).flatMap(Unread::setting);
  }

  /** The first piece of its script that could not be read; empty when none of it could. */
  Optional<Unread> unread(String id) {
    return Optional.ofNullable(expectation.revisions().get(id)).stream()
        .flatMap(expected -> expected.unread().stream())
        .findFirst();
  }
}
