package dev.stampguard.scenarios.history;

import dev.stampguard.scenarios.history.History.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Makes a failing scene smaller for as long as it fails. */
final class Shrinker {
  private static final int MOST_TRIALS = 300;

  private final Predicate<Scene> fails;
  private int trials;

  /**
   * @param fails whether a scene still fails; one that does not run does not fail
   */
  Shrinker(Predicate<Scene> fails) {
    this.fails = fails;
  }

  /** The smallest failing scene found. */
  Scene shrink(Scene scene) {
    Scene smallest = scene;
    boolean again = true;
    while (again) {
      again = false;
      for (Scene candidate : smaller(smallest)) {
        if (trials++ < MOST_TRIALS && fails.test(candidate)) {
          smallest = candidate;
          again = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Scene> smaller(Scene scene) {
    var candidates = new ArrayList<Scene>();
    for (String id : scene.history().ids().reversed()) {
      candidates.add(without(scene, id));
    }
    for (Script script : scene.history().scripts().reversed()) {
      for (int step = script.steps().size() - 1; step >= 0; step--) {
        candidates.add(without(scene, script, step));
      }
    }
    for (int i = 0; i < scene.byHand().size(); i++) {
      var byHand = new ArrayList<>(scene.byHand());
      byHand.remove(i);
      candidates.add(
          new Scene(
              scene.history(),
              scene.damage(),
              scene.recorded(),
              scene.applied(),
              byHand,
              scene.ledger()));
    }
    return candidates;
  }

  /** Without a revision; what needed it needs what it needed. */
  private static Scene without(Scene scene, String id) {
    Script gone = scene.history().script(id);
    var scripts = new ArrayList<Script>();
    for (Script script : scene.history().scripts()) {
      if (!script.id().equals(id)) {
        scripts.add(
            new Script(
                script.id(),
                instead(script.parents(), gone),
                instead(script.dependsOn(), gone),
                script.steps()));
      }
    }
    var recorded = new HashSet<>(scene.recorded());
    recorded.remove(id);
    var applied = new HashMap<>(scene.applied());
    applied.remove(id);
    return new Scene(
        new History(scene.history().schema(), scripts),
        scene.damage(),
        recorded,
        applied,
        scene.byHand(),
        scene.ledger());
  }

  private static Set<String> instead(Set<String> needs, Script gone) {
    var others = new HashSet<>(needs);
    if (others.remove(gone.id())) {
      others.addAll(gone.needs());
    }
    return others;
  }

  private static Scene without(Scene scene, Script script, int step) {
    var steps = new ArrayList<>(script.steps());
    steps.remove(step);
    var scripts = new ArrayList<>(scene.history().scripts());
    scripts.replaceAll(
        other ->
            other.equals(script)
                ? new Script(script.id(), script.parents(), script.dependsOn(), steps)
                : other);
    var applied = new HashMap<>(scene.applied());
    applied.computeIfPresent(script.id(), (id, count) -> count > step ? count - 1 : count);
    return new Scene(
        new History(scene.history().schema(), scripts),
        scene.damage(),
        scene.recorded(),
        applied,
        scene.byHand(),
        scene.ledger());
  }
}
