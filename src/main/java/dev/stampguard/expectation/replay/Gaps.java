package dev.stampguard.expectation.replay;

import dev.stampguard.catalog.CatalogWatch;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.replay.GapFiller.Filling;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What revisions take for granted and no revision before them makes: told as gaps, and filled where
 * somebody knows what it looks like. What was filled gives way to the revision that makes it.
 */
final class Gaps {
  private final Names names;
  private final GapFiller filler;
  private final CatalogWatch watch;
  private final List<ChainGap> found = new ArrayList<>();
  private final Map<ObjectName, String> refused = new LinkedHashMap<>();

  /** What is there without a revision having made it, with what came along. */
  private final Map<ObjectName, Set<ObjectName>> filled = new LinkedHashMap<>();

  /** What gives way to the revision at hand; what it does not make itself comes back after it. */
  private final Map<ObjectName, Boolean> withdrawn = new HashMap<>();

  Gaps(Names names, GapFiller filler, CatalogWatch watch) {
    this.names = names;
    this.filler = filler;
    this.watch = watch;
  }

  /** All gaps, in the order they were met. */
  List<ChainGap> found() {
    return found;
  }

  /** Why gaps could not be filled although it is known with what, one sentence each. */
  List<String> refusals() {
    return List.copyOf(refused.values());
  }

  /** Takes away what a revision is to make. */
  void before(String revision) {
    Set<ObjectName> made = names.made(revision);
    withdraw(made::contains);
  }

  /**
   * Brings back what gave way.
   *
   * @param hasRun whether the revision made what it is to make
   */
  void after(String revision, boolean hasRun) {
    if (withdrawn.isEmpty()) {
      return;
    }
    withdrawn.forEach(
        (object, isMade) -> {
          if (!hasRun || !isMade) {
            fill(revision, object);
          }
        });
    withdrawn.clear();
    filler.restore();
    watch.changes();
  }

  /** Whether what made a revision fail is out of the way, so that it may run again. */
  boolean isMended(String revision, RevisionOutcome.Failed failed) {
    Optional<ObjectName> needed = needed(revision, failed);
    if (needed.isPresent()) {
      ChainGap gap = gap(revision, failed.line(), needed.get());
      if (!found.contains(gap)) {
        found.add(gap);
      }
      return !filled.containsKey(needed.get())
          && !withdrawn.containsKey(needed.get())
          && fill(revision, needed.get());
    }
    // Python may have made up the name, so that nobody could read it in the script.
    return failed
        .existing()
        .filter(name -> withdraw(object -> object.simpleName().equals(name)))
        .isPresent();
  }

  /** What a revision failed for want of; empty when it failed for another reason. */
  Optional<ObjectName> needed(String revision, RevisionOutcome.Failed failed) {
    return failed.missing().flatMap(missing -> names.of(missing, revision, failed.line()));
  }

  private ChainGap gap(String revision, int line, ObjectName needed) {
    List<String> creators =
        names.scripts().graph().revisions().stream()
            .map(Revision::id)
            .filter(id -> !id.equals(revision) && names.made(id).contains(needed))
            .toList();
    return new ChainGap(revision, line, needed, creators);
  }

  private boolean fill(String revision, ObjectName object) {
    Set<ObjectName> later =
        object.kind() == ObjectKind.TABLE
            ? names.later(
                revision, new QualifiedName(object.parts().getFirst(), object.simpleName()))
            : Set.of();
    switch (filler.fill(object, later)) {
      case Filling.Done(var along) -> filled.put(object, along);
      case Filling.Unknown() -> {
        return false;
      }
      case Filling.Refused(var reason) -> {
        refused.put(object, reason);
        return false;
      }
    }
    watch.changes();
    return true;
  }

  /** Takes away what was filled of these objects, or came along; false when it is nothing. */
  private boolean withdraw(Predicate<ObjectName> isMade) {
    var gone = new LinkedHashSet<ObjectName>();
    filled.forEach(
        (object, along) -> {
          if (isMade.test(object) || along.stream().anyMatch(isMade)) {
            gone.add(object);
          }
        });
    for (ObjectName object : gone) {
      filled.remove(object);
      filler.withdraw(object);
      withdrawn.put(object, isMade.test(object));
    }
    if (!gone.isEmpty()) {
      watch.changes();
    }
    return !gone.isEmpty();
  }
}
