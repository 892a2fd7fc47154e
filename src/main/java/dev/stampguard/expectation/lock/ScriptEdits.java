package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells a cosmetic edit of a script from a real one: the lock has what it did, a replay what now.
 */
public final class ScriptEdits {
  private ScriptEdits() {}

  /**
   * Judges every edited revision of a drift.
   *
   * @param replayed what the scripts do now; a revision it lacks did not run
   */
  public static List<ScriptEdit> of(LockFile lock, LockDrift drift, Expectation replayed) {
    return drift.edited().stream()
        .map(
            id ->
                judge(
                    id,
                    lock.revisions().get(id).expectation(),
                    Optional.ofNullable(replayed.revisions().get(id))))
        .toList();
  }

  private static ScriptEdit judge(
      String revision, Optional<RevisionExpectation> then, Optional<RevisionExpectation> now) {
    if (then.isEmpty() || now.isEmpty() || !then.get().exact() || !now.get().exact()) {
      return new ScriptEdit(revision, ScriptEdit.Meaning.UNKNOWN, List.of());
    }
    Map<ObjectName, Effect> before = byObject(then.get());
    Map<ObjectName, Effect> after = byObject(now.get());
    var objects = new TreeSet<>(before.keySet());
    objects.addAll(after.keySet());
    var different = new ArrayList<ObjectName>();
    boolean proven = true;
    for (ObjectName object : objects) {
      Effect was = before.get(object);
      Effect is = after.get(object);
      if (was == null || is == null || !same(was, is)) {
        different.add(object);
      } else {
        proven &= isProof(was.after(), is.after());
      }
    }
    if (!different.isEmpty()) {
      return new ScriptEdit(revision, ScriptEdit.Meaning.REAL, different);
    }
    return new ScriptEdit(
        revision, proven ? ScriptEdit.Meaning.COSMETIC : ScriptEdit.Meaning.UNKNOWN, List.of());
  }

  /** What was made and dropped within the revision left nothing, and the lock does not have it. */
  private static Map<ObjectName, Effect> byObject(RevisionExpectation expected) {
    var effects = new HashMap<ObjectName, Effect>();
    for (Effect effect : expected.effects()) {
      if (effect.before().isPresent() || effect.after().isPresent()) {
        effects.put(effect.object(), effect);
      }
    }
    return effects;
  }

  /** What a revision found is not its own doing, only whether it found anything. */
  private static boolean same(Effect was, Effect is) {
    return was.before().isPresent() == is.before().isPresent()
        && was.after().isPresent() == is.after().isPresent()
        && (was.after().isEmpty() || was.after().get().matches(is.after().get()));
  }

  private static boolean isProof(Optional<Definition> was, Optional<Definition> is) {
    return was.isEmpty() || was.get().isComparableTo(is.orElseThrow());
  }
}
