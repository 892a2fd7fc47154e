package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.ScriptExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A lock file and scripts that have moved on. A revision is <em>trusted</em> when the lock has seen
 * all it does and its script and its place in the history are still the same; of every other only
 * its script speaks, by name. What the others may have changed that trusted ones made no longer
 * counts, so that a lock out of date never makes a healthy database look wrong:
 *
 * <ul>
 *   <li>Definitions, by {@link Looseness}: all of them, unless what ran is known to make new things
 *       only. An old script counts as well as its successor, since a database may have run either.
 *   <li>Objects that may have been dropped, renamed or never made are not missed.
 * </ul>
 *
 * <p>Names are still compared, so what is missing is still found. Of a script that is a program its
 * own words tell nothing: such a revision is <em>kept</em> as the lock has it, by name. An edit of
 * what ran already seldom changes what is in a database, and a comment must not blind anybody.
 */
final class StaleLock {
  private final LockFile lock;
  private final Scripts scripts;
  private final LockDrift drift;
  private final Set<String> recorded;
  private final Set<String> changed = new HashSet<>();
  private final Map<String, RevisionExpectation> trusted = new LinkedHashMap<>();

  /** What is known only from the lock of revisions that changed and cannot be read, by id. */
  private final Map<String, RevisionExpectation> kept = new LinkedHashMap<>();

  /** What revisions that are not trusted did when the lock was written, by id. */
  private final Map<String, List<Effect>> former = new LinkedHashMap<>();

  StaleLock(LockFile lock, Scripts scripts, LockDrift drift, Set<String> recorded) {
    this.lock = lock;
    this.scripts = scripts;
    this.drift = drift;
    this.recorded = scripts.graph().closure(recorded);
    changed.addAll(drift.edited());
    changed.addAll(drift.reparented());
    for (Revision revision : scripts.graph().revisions()) {
      String id = revision.id();
      Optional.ofNullable(lock.revisions().get(id))
          .filter(locked -> !changed.contains(id))
          .flatMap(LockedRevision::expectation)
          .filter(RevisionExpectation::exact)
          .ifPresent(expected -> trusted.put(id, expected));
    }
    distrustRenames();
    lock.revisions()
        .forEach(
            (id, locked) -> {
              if (!trusted.containsKey(id)) {
                former.put(id, locked.effects());
              }
            });
  }

  /**
   * A revision that renames a relation takes along whatever is in it, which is another thing once
   * an older script has changed.
   */
  private void distrustRenames() {
    boolean shaken = !drift.vanished().isEmpty();
    for (Revision revision : scripts.graph().revisions()) {
      shaken |= changed.contains(revision.id());
      if (shaken && trusted.containsKey(revision.id()) && mayRename(trusted.get(revision.id()))) {
        trusted.remove(revision.id());
      }
    }
  }

  private static boolean mayRename(RevisionExpectation expected) {
    List<Effect> relations =
        expected.effects().stream().filter(effect -> effect.object().kind().isRelation()).toList();
    return relations.stream().anyMatch(effect -> effect.before().isEmpty())
        && relations.stream().anyMatch(effect -> effect.after().isEmpty());
  }

  /** Whether every revision of the scripts is trusted, and the lock knows no other. */
  boolean isCurrent() {
    return former.isEmpty() && trusted.size() == scripts.graph().revisions().size();
  }

  Expectation expectation(CatalogSnapshot catalog) {
    Expectation mixed = mixed(catalog);
    Looseness looseness = looseness(mixed);
    Set<ObjectName> orphans = orphans(mixed);
    Set<String> mayBeUndone = beforeUnread(mixed);
    var revisions = new LinkedHashMap<String, RevisionExpectation>();
    mixed
        .revisions()
        .forEach(
            (id, expected) -> {
              List<Effect> effects =
                  expected.effects().stream()
                      .filter(effect -> counts(id, effect, orphans, mayBeUndone, catalog))
                      .toList();
              revisions.put(
                  id,
                  trusted.containsKey(id)
                      ? weakened(id, effects, looseness)
                      : byName(expected, effects));
            });
    return new Expectation(
        Expectation.Source.LOCK,
        revisions,
        gaps(mixed),
        touched(mixed),
        Stream.concat(
                LockExpectation.failures(lock, scripts.graph(), changed).stream(),
                mixed.failures().stream())
            .toList(),
        mixed.opaque());
  }

  private Expectation mixed(CatalogSnapshot catalog) {
    Expectation read = ScriptExpectation.of(scripts, lock.schema(), catalog, trusted);
    keepWhatIsUnread(read);
    if (kept.isEmpty()) {
      return read;
    }
    var known = new HashMap<>(trusted);
    known.putAll(kept);
    return ScriptExpectation.of(scripts, lock.schema(), catalog, known);
  }

  /** A script of which more can be read than the lock knows was changed in more than its words. */
  private void keepWhatIsUnread(Expectation read) {
    for (Revision revision : scripts.graph().revisions()) {
      String id = revision.id();
      Optional<RevisionExpectation> script = Optional.ofNullable(read.revisions().get(id));
      if (!trusted.containsKey(id) && script.filter(RevisionExpectation::exact).isEmpty()) {
        Optional.ofNullable(lock.revisions().get(id))
            .flatMap(LockedRevision::expectation)
            .filter(RevisionExpectation::exact)
            .filter(locked -> names(locked.effects()).containsAll(names(effects(read, id))))
            .ifPresent(locked -> kept.put(id, keptByName(locked, script)));
      }
    }
  }

  private static Set<ObjectName> names(List<Effect> effects) {
    return effects.stream().map(Effect::object).collect(Collectors.toSet());
  }

  private static RevisionExpectation keptByName(
      RevisionExpectation locked, Optional<RevisionExpectation> script) {
    return new RevisionExpectation(
        locked.revision(),
        locked.effects().stream().map(Looseness.ALL::apply).toList(),
        false,
        script.map(RevisionExpectation::unread).orElse(List.of()));
  }

  /**
   * Whether an effect still says something. What nobody is known to make may be absent for that
   * reason; what was dropped may be there again because of something that could not be read.
   */
  private boolean counts(
      String revision,
      Effect effect,
      Set<ObjectName> orphans,
      Set<String> mayBeUndone,
      CatalogSnapshot catalog) {
    boolean founded = effect.before().isEmpty() || !orphans.contains(effect.object());
    return effect.after().isPresent()
        ? founded
        : (founded || recorded.contains(revision))
            && !(mayBeUndone.contains(revision) && catalog.contains(effect.object()));
  }

  // Definitions

  private Looseness looseness(Expectation mixed) {
    var looseness = Looseness.NONE;
    for (Revision revision : scripts.graph().revisions()) {
      RevisionExpectation expected = mixed.revisions().get(revision.id());
      if (!trusted.containsKey(revision.id()) && recorded.contains(revision.id())) {
        looseness = looseness.or(expected == null ? Looseness.ALL : reach(expected));
      }
    }
    for (Map.Entry<String, List<Effect>> entry : former.entrySet()) {
      looseness = looseness.or(looseness(entry.getKey(), entry.getValue(), mixed));
    }
    return looseness;
  }

  /** What depends on the old script: all it altered, and what later revisions made of its own. */
  private Looseness looseness(String revision, List<Effect> then, Expectation mixed) {
    boolean altered =
        then.stream().anyMatch(effect -> effect.before().isPresent() && effect.after().isPresent());
    var made = new HashSet<String>();
    addMade(made, then);
    addMade(made, effects(mixed, revision));
    boolean used =
        trustedAfter(revision).stream()
            .flatMap(expected -> expected.effects().stream())
            .anyMatch(effect -> mentions(effect, made));
    return altered || used ? Looseness.ALL : Looseness.NONE;
  }

  private static void addMade(Set<String> names, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect.before().isEmpty()) {
        names.add(standingAlone(effect));
      }
    }
  }

  /** The name of the object, or of the relation it lives in. */
  private static String standingAlone(Effect effect) {
    return effect.relation().map(QualifiedName::name).orElseGet(() -> effect.object().simpleName());
  }

  /** All of them when the revision is no longer part of the history. */
  private List<RevisionExpectation> trustedAfter(String revision) {
    if (scripts.graph().find(revision).isEmpty()) {
      return List.copyOf(trusted.values());
    }
    var after = new ArrayList<RevisionExpectation>();
    boolean reached = false;
    for (Revision each : scripts.graph().revisions()) {
      reached |= each.id().equals(revision);
      if (reached && trusted.containsKey(each.id())) {
        after.add(trusted.get(each.id()));
      }
    }
    return after;
  }

  private static boolean mentions(Effect effect, Set<String> names) {
    return names.contains(standingAlone(effect))
        || effect.before().filter(definition -> mentions(definition, names)).isPresent()
        || effect.after().filter(definition -> mentions(definition, names)).isPresent();
  }

  private static boolean mentions(Definition definition, Set<String> names) {
    String text = definition.fullText();
    return names.stream().anyMatch(name -> text.contains(Identifiers.quote(name)));
  }

  private static RevisionExpectation weakened(
      String revision, List<Effect> effects, Looseness looseness) {
    return new RevisionExpectation(
        revision, effects.stream().map(looseness::apply).toList(), true, List.of());
  }

  /** A script that only makes new things is read exactly; of any other, what it changes is open. */
  private RevisionExpectation byName(RevisionExpectation expected, List<Effect> effects) {
    boolean exact = reach(expected) == Looseness.NONE;
    return new RevisionExpectation(expected.revision(), effects, exact, expected.unread());
  }

  private Looseness reach(RevisionExpectation expected) {
    return Looseness.of(
        scripts.operations().getOrDefault(expected.revision(), List.of()), expected);
  }

  // Existence

  /** Revisions after which something ran that could not be read: it may have made anything. */
  private Set<String> beforeUnread(Expectation mixed) {
    var before = new HashSet<String>();
    var candidates = new ArrayList<String>();
    for (Revision revision : scripts.graph().revisions()) {
      String id = revision.id();
      RevisionExpectation expected = mixed.revisions().get(id);
      if (recorded.contains(id) && (expected == null || !expected.exact())) {
        before.addAll(candidates);
      }
      candidates.add(id);
    }
    return before;
  }

  /** What only old scripts made: nobody knows whether trusted ones still find it. */
  private Set<ObjectName> orphans(Expectation mixed) {
    var orphans = new HashSet<ObjectName>();
    former.values().forEach(effects -> addCreated(orphans, effects));
    var made = new HashSet<ObjectName>();
    mixed.revisions().values().forEach(expected -> addCreated(made, expected.effects()));
    orphans.removeAll(made);
    return orphans;
  }

  private static void addCreated(Set<ObjectName> objects, List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect.before().isEmpty()) {
        objects.add(effect.object());
      }
    }
  }

  private Map<String, Set<ObjectName>> touched(Expectation mixed) {
    var touched = new HashMap<String, Set<ObjectName>>();
    mixed.possiblyTouched().forEach((id, objects) -> add(touched, id, objects));
    Stream.of(trusted, kept)
        .flatMap(known -> known.keySet().stream())
        .forEach(id -> add(touched, id, lock.revisions().get(id).possiblyTouched()));
    former.forEach((id, then) -> add(touched, id, dropped(then)));
    for (Revision revision : scripts.graph().revisions()) {
      if (!mixed.revisions().containsKey(revision.id())) {
        // Not a word of its script is known.
        trusted.values().forEach(expected -> add(touched, revision.id(), written(expected)));
      }
    }
    touched.keySet().removeIf(id -> scripts.graph().find(id).isEmpty());
    return touched;
  }

  private static void add(
      Map<String, Set<ObjectName>> touched, String revision, Collection<ObjectName> objects) {
    if (!objects.isEmpty()) {
      touched.computeIfAbsent(revision, id -> new LinkedHashSet<>()).addAll(objects);
    }
  }

  private static List<ObjectName> dropped(List<Effect> effects) {
    return effects.stream().filter(effect -> effect.after().isEmpty()).map(Effect::object).toList();
  }

  private static List<ObjectName> written(RevisionExpectation expected) {
    return expected.effects().stream().map(Effect::object).toList();
  }

  private static List<Effect> effects(Expectation expectation, String revision) {
    return Optional.ofNullable(expectation.revisions().get(revision))
        .map(RevisionExpectation::effects)
        .orElse(List.of());
  }

  // Gaps

  /** A replay has met those of the lock; the others are read off the new scripts. */
  private List<ChainGap> gaps(Expectation mixed) {
    var gaps = new ArrayList<ChainGap>();
    for (Revision revision : scripts.graph().revisions()) {
      String id = revision.id();
      boolean fromScript = changed.contains(id) || drift.added().contains(id);
      List<ChainGap> known = fromScript ? mixed.gaps() : lock.revisions().get(id).gaps();
      known.stream().filter(gap -> gap.revision().equals(id)).forEach(gaps::add);
    }
    return gaps;
  }
}
