package dev.stampguard.scenarios.history;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.scenarios.history.Effects.Write;
import dev.stampguard.scenarios.history.History.Script;
import dev.stampguard.scenarios.history.Scene.LedgerForm;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be said of a scene's revisions. Every down-closed set of revisions is tried: if some of
 * them leave exactly what is there, the truth is their interval, whatever was done to get there.
 * Otherwise each object that is not as the ledger claims is charged by what was really run.
 */
final class Oracle {
  private static final Set<ObjectKind> OFTEN_ANOTHERS =
      EnumSet.of(ObjectKind.SCHEMA, ObjectKind.EXTENSION, ObjectKind.FUNCTION);

  private final Scene scene;
  private final History history;
  private final Effects effects;

  /** What each object owes to whom, whatever its table was called then. */
  private final Map<ObjectName, List<Write>> lives;

  private final CatalogSnapshot now;
  private final Set<String> claimed;
  private final List<Set<String>> solutions = new ArrayList<>();
  private final Map<String, Set<RevisionState>> states = new TreeMap<>();
  private final Map<String, Set<ObjectName>> missing = new HashMap<>();
  private final Map<String, Set<ObjectName>> different = new HashMap<>();

  /** Gone by hand, or by a pending revision that drops it: either answer will do. */
  private final Set<ObjectName> undecided = new HashSet<>();

  // Revisions by what is seen of them, where no state explains everything.
  private final Set<String> strange = new HashSet<>();
  private final Set<String> notThere = new HashSet<>();
  private final Set<String> perhapsNotThere = new HashSet<>();
  private final Set<String> certainlyThere = new HashSet<>();
  private final Set<String> perhapsThere = new HashSet<>();
  private final Set<String> perhapsAhead = new HashSet<>();
  private final Map<String, Set<String>> follows = new HashMap<>();

  Oracle(Scene scene, Effects effects, CatalogSnapshot now) {
    this.scene = scene;
    this.history = scene.history();
    this.effects = effects;
    this.now = now;
    this.claimed = scene.claimed();
    this.lives = effects.lives(now, claimed);
    history.states().stream().filter(this::explains).forEach(solutions::add);
    if (solutions.isEmpty()) {
      charge();
    } else {
      explain();
    }
  }

  /** Whether some state of the history explains everything that is there. */
  boolean isExplained() {
    return !solutions.isEmpty();
  }

  /** The states each revision may be said to be in; more than one where nothing can tell. */
  Map<String, Set<RevisionState>> states() {
    return states;
  }

  Optional<TrueState> trueState() {
    return isExplained()
        ? Optional.of(TrueState.between(history.heads(lower()), history.heads(upper())))
        : Optional.empty();
  }

  private Set<String> lower() {
    var lower = new HashSet<>(solutions.getFirst());
    solutions.forEach(lower::retainAll);
    return lower;
  }

  private Set<String> upper() {
    var upper = new HashSet<String>();
    solutions.forEach(upper::addAll);
    return upper;
  }

  /** What must be wrong with this answer; empty when it is right. */
  List<String> complaints(Diagnosis diagnosis) {
    var complaints = new ArrayList<String>();
    if (!diagnosis.trueState().equals(trueState())) {
      complaints.add("true state %s instead of %s".formatted(diagnosis.trueState(), trueState()));
    }
    for (RevisionDiagnosis revision : diagnosis.revisions()) {
      String id = revision.revision().id();
      if (!states.get(id).contains(revision.state())) {
        complaints.add("%s is %s instead of %s".formatted(id, revision.state(), states.get(id)));
      }
      if (revision.recorded()) {
        List<ObjectName> decided =
            revision.missing().stream().filter(object -> !undecided.contains(object)).toList();
        compare(complaints, id + " misses", decided, missing.get(id));
        compare(complaints, id + " has different", revision.different(), different.get(id));
      }
    }
    compare(complaints, "extras", diagnosis.extras(), extras());
    return complaints;
  }

  private static void compare(
      List<String> complaints, String what, List<ObjectName> actual, Set<ObjectName> wanted) {
    Set<ObjectName> expected = wanted == null ? Set.of() : new TreeSet<>(wanted);
    if (!List.copyOf(expected).equals(actual)) {
      complaints.add("%s %s instead of %s".formatted(what, actual, expected));
    }
  }

  private Set<ObjectName> extras() {
    var extras = new HashSet<ObjectName>();
    for (var object : now.objects().values()) {
      boolean insideExtra =
          object
              .relation()
              .map(r -> !effects.all().containsKey(ObjectName.of(ObjectKind.TABLE, r)))
              .orElse(false);
      // Scripts take for granted the schema their names go to, and so does the ledger.
      boolean isTakenForGranted =
          object.name().kind() == ObjectKind.SCHEMA
              && (scene.ledger() != LedgerForm.ABSENT
                  || effects.all().keySet().stream()
                      .anyMatch(
                          name -> name.parts().getFirst().equals(object.name().simpleName())));
      if (!effects.all().containsKey(object.name()) && !insideExtra && !isTakenForGranted) {
        extras.add(object.name());
      }
    }
    return extras;
  }

  // What every object is and should be.

  private Optional<Definition> got(ObjectName object) {
    return now.find(object);
  }

  private static Optional<Definition> left(List<Write> writes, Set<String> by) {
    return Effects.last(writes, by).map(Write::after).orElse(writes.getFirst().before());
  }

  /** Index of the last writer among these, from 1 on; 0 when none is. */
  private static int lastIndex(List<Write> writes, Set<String> among) {
    return Effects.last(writes, among).map(writes::indexOf).orElse(-1) + 1;
  }

  private boolean explains(Set<String> state) {
    return effects.all().entrySet().stream()
        .allMatch(
            entry -> {
              List<Write> writes = entry.getValue();
              Optional<Definition> got = got(entry.getKey());
              boolean anothers =
                  OFTEN_ANOTHERS.contains(entry.getKey().kind())
                      && got.isPresent()
                      && lastIndex(writes, state) == 0
                      && (lastIndex(writes, claimed) == 0
                          || (entry.getKey().kind() != ObjectKind.FUNCTION
                              && !forms(writes, got).isEmpty()));
              return got.equals(left(writes, state)) || anothers;
            });
  }

  /** In which forms the object was what it is; 0 is before its first writer. */
  private static Set<Integer> forms(List<Write> writes, Optional<Definition> got) {
    var forms = new TreeSet<Integer>();
    if (writes.getFirst().before().equals(got)) {
      forms.add(0);
    }
    for (int i = 0; i < writes.size(); i++) {
      if (writes.get(i).after().equals(got)) {
        forms.add(i + 1);
      }
    }
    return forms;
  }

  private List<Write> relationWrites(QualifiedName relation) {
    var found = new ArrayList<Write>();
    for (ObjectKind kind :
        List.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW)) {
      found.addAll(effects.all().getOrDefault(ObjectName.of(kind, relation), List.of()));
    }
    return found;
  }

  /** Whether what the write did inside a relation went, or should have gone, with all of it. */
  private boolean isBuried(Write write) {
    if (write.effect().relation().isEmpty()) {
      return false;
    }
    QualifiedName relation = write.effect().relation().get();
    List<String> order = history.ids();
    boolean buried = false;
    for (Write other : relationWrites(relation)) {
      boolean later =
          order.indexOf(other.revision()) > order.indexOf(write.revision())
              && !now.containsRelation(relation)
              && (claimed.contains(other.revision()) || !claimed.contains(write.revision()));
      if (other.revision().equals(write.revision()) || later) {
        buried = other.after().isEmpty();
      }
    }
    return buried;
  }

  /** Who made the relation around it, when the ledger claims that it is there and it is not. */
  private Optional<String> lackingRelation(Write write) {
    Optional<QualifiedName> relation =
        write.effect().relation().filter(name -> !now.containsRelation(name));
    if (relation.isEmpty()) {
      return Optional.empty();
    }
    List<Write> writes = relationWrites(relation.get());
    return writes.isEmpty() || left(writes, claimed).isEmpty()
        ? Optional.empty()
        : Optional.of(creator(writes));
  }

  /** Who made the object, or renamed the relation it should be in: that brought it there. */
  private String creator(List<Write> writes) {
    String creator = "";
    Optional<QualifiedName> relation = Optional.empty();
    for (Write write : writes) {
      boolean moved = !write.effect().relation().equals(relation);
      if (claimed.contains(write.revision()) && (moved || write.before().isEmpty())) {
        creator = write.revision();
      }
      relation = write.effect().relation();
    }
    return creator;
  }

  // Some state explains everything.

  private void explain() {
    boolean asClaimed = solutions.contains(claimed);
    Set<String> lower = lower();
    Set<String> upper = upper();
    for (Script script : history.scripts()) {
      String id = script.id();
      Set<RevisionState> allowed;
      if (claimed.contains(id)) {
        if (!asClaimed && !upper.contains(id)) {
          allowed =
              hasEffect(id) ? EnumSet.of(RevisionState.HOLLOW) : EnumSet.of(RevisionState.ASSUMED);
        } else if (asClaimed) {
          allowed = EnumSet.of(isSeen(id, List.of(claimed)));
        } else if (lower.contains(id)) {
          allowed = EnumSet.of(isSeen(id, solutions));
        } else {
          allowed = EnumSet.of(RevisionState.APPLIED, RevisionState.ASSUMED, RevisionState.HOLLOW);
        }
      } else {
        boolean ahead = !asClaimed && lower.contains(id) && isSeenAhead(id);
        allowed = EnumSet.of(ahead ? RevisionState.UNRECORDED : RevisionState.PENDING);
      }
      states.put(id, allowed);
    }
    if (!asClaimed) {
      lives.forEach((object, writes) -> chargeUnrun(object, writes, upper));
    }
  }

  private boolean hasEffect(String id) {
    return effects.all().values().stream()
        .anyMatch(writes -> writes.stream().anyMatch(write -> write.revision().equals(id)));
  }

  /** Applied when something is there that only this one left, in every state that is possible. */
  private RevisionState isSeen(String id, List<Set<String>> possible) {
    for (List<Write> writes : lives.values()) {
      int last = lastIndex(writes, claimed);
      var ends = new TreeSet<Integer>();
      possible.forEach(state -> ends.add(Math.min(lastIndex(writes, state), last)));
      for (int end : ends) {
        if (end > 0
            && (ends.size() == 1 || end == last)
            && writes.get(end - 1).revision().equals(id)
            && !isBuried(writes.get(end - 1))) {
          return RevisionState.APPLIED;
        }
      }
    }
    return RevisionState.ASSUMED;
  }

  private boolean isSeenAhead(String id) {
    return lives.entrySet().stream()
        .filter(
            entry ->
                got(entry.getKey()).isEmpty() || !OFTEN_ANOTHERS.contains(entry.getKey().kind()))
        .map(Map.Entry::getValue)
        .anyMatch(
            writes -> {
              int mine = lastIndex(writes, Set.of(id));
              return mine > 0
                  && !isBuried(writes.get(mine - 1))
                  && solutions.stream().allMatch(state -> lastIndex(writes, state) >= mine)
                  && forms(writes, got(writes.getFirst().effect().object())).stream()
                      .allMatch(form -> form >= mine || isExcluded(writes, form));
            });
  }

  private boolean isExcluded(List<Write> writes, int form) {
    return solutions.stream().noneMatch(state -> lastIndex(writes, state) == form);
  }

  private void chargeUnrun(ObjectName object, List<Write> writes, Set<String> upper) {
    int last = lastIndex(writes, claimed);
    if (last == 0 || left(writes, claimed).equals(got(object))) {
      return;
    }
    Write owing = writes.get(last - 1);
    boolean mayHaveRun =
        upper.contains(owing.revision())
            && solutions.stream().allMatch(state -> lastIndex(writes, state) >= last);
    if (mayHaveRun || isBuried(owing) || !isListed(owing)) {
      return;
    }
    // Not as claimed in any case; that nothing ran is likelier than that more ran than is claimed.
    String owner = got(object).isPresent() ? owing.revision() : creator(writes);
    add(got(object).isPresent() ? different : missing, owner, object);
    if (upper.contains(owner)) {
      states.put(owner, EnumSet.of(RevisionState.HOLLOW, RevisionState.PARTIAL));
    }
  }

  private boolean isListed(Write write) {
    return write.effect().relation().map(now::containsRelation).orElse(true);
  }

  private static void add(Map<String, Set<ObjectName>> to, String revision, ObjectName object) {
    to.computeIfAbsent(revision, id -> new TreeSet<>()).add(object);
  }

  // No state explains it: what was run, and what somebody did afterwards.

  private void charge() {
    lives.forEach(this::charge);
    for (Script script : history.scripts()) {
      String id = script.id();
      Set<RevisionState> pending = EnumSet.of(RevisionState.PENDING);
      if (perhapsAhead.contains(id) || scene.applied().containsKey(id)) {
        pending.addAll(EnumSet.of(RevisionState.UNRECORDED, RevisionState.HALF_APPLIED));
      }
      if (scene.hasRun(id) && hasLeftItsOwn(id)) {
        pending.remove(RevisionState.PENDING);
      }
      states.put(id, claimed.contains(id) ? chargedStates(id) : pending);
    }
    for (Script script : history.scripts()) {
      String id = script.id();
      for (String other : follows.getOrDefault(id, Set.of())) {
        Set<RevisionState> owners = states.get(other);
        if (owners.contains(RevisionState.HOLLOW)
            && states.get(id).contains(RevisionState.ASSUMED)) {
          states.put(
              id,
              owners.size() == 1 && states.get(id).size() == 1
                  ? EnumSet.of(RevisionState.HOLLOW)
                  : EnumSet.of(RevisionState.HOLLOW, RevisionState.ASSUMED, RevisionState.APPLIED));
        }
      }
    }
  }

  /** Whether something is there that looks as only this one or a later one left it. */
  private boolean hasLeftItsOwn(String id) {
    return effects.all().entrySet().stream()
        .filter(entry -> !OFTEN_ANOTHERS.contains(entry.getKey().kind()))
        .anyMatch(
            entry -> {
              List<Write> writes = entry.getValue();
              int mine = lastIndex(writes, Set.of(id));
              Optional<Definition> got = got(entry.getKey());
              Set<Integer> forms = forms(writes, got);
              return mine > 0
                  && got.isPresent()
                  && !isBuried(writes.get(mine - 1))
                  && !forms.isEmpty()
                  && forms.stream().allMatch(form -> form >= mine);
            });
  }

  private Set<RevisionState> chargedStates(String id) {
    boolean before = notThere.contains(id);
    boolean after = certainlyThere.contains(id);
    Set<RevisionState> states = chargedStates(id, before, after);
    if (perhapsNotThere.contains(id)) {
      states.addAll(chargedStates(id, true, after));
      states.addAll(chargedStates(id, before, true));
    }
    return states;
  }

  private Set<RevisionState> chargedStates(String id, boolean before, boolean after) {
    if (strange.contains(id)) {
      return EnumSet.of(RevisionState.ALTERED);
    }
    if (after) {
      return EnumSet.of(before ? RevisionState.PARTIAL : RevisionState.APPLIED);
    }
    if (perhapsThere.contains(id)) {
      return before
          ? EnumSet.of(RevisionState.PARTIAL, RevisionState.HOLLOW)
          : EnumSet.of(RevisionState.APPLIED, RevisionState.ASSUMED);
    }
    return EnumSet.of(before ? RevisionState.HOLLOW : RevisionState.ASSUMED);
  }

  private void charge(ObjectName object, List<Write> writes) {
    int last = lastIndex(writes, claimed);
    if (last == 0) {
      return;
    }
    Write owing = writes.get(last - 1);
    Set<Integer> forms = forms(writes, got(object));
    if (got(object).equals(owing.after())) {
      Optional<String> around = lackingRelation(owing);
      if (isBuried(owing)) {
        return;
      }
      if (around.isPresent()) {
        follow(owing.revision(), around.get());
      } else if (forms.stream().anyMatch(form -> form < last)) {
        perhapsThere.add(owing.revision());
      } else {
        certainlyThere.add(owing.revision());
      }
      return;
    }
    int earlier = forms.stream().filter(form -> form < last).reduce((a, b) -> b).orElse(-1);
    String owner = owing.revision();
    if (got(object).isEmpty() && isListed(owing) && forms.stream().anyMatch(form -> form > last)) {
      perhapsNotThere.add(creator(writes));
      perhapsNotThere.add(owing.revision());
      aheadPerhaps(writes, last);
      undecided.add(object);
      return;
    }
    if (got(object).isEmpty()) {
      owner = creator(writes);
      notThere.add(owner);
      if (isListed(owing)) {
        add(missing, owner, object);
      }
    } else if (!isBuried(owing)) {
      if (earlier < 0 && !forms.isEmpty()) {
        certainlyThere.add(owing.revision());
        aheadPerhaps(writes, last);
        return;
      }
      if (isListed(owing)) {
        add(different, owner, object);
      }
      (earlier >= 0 ? notThere : strange).add(owner);
    }
    for (int i = Math.max(earlier, 0); i < last; i++) {
      if (earlier >= 0 && !writes.get(i).revision().equals(owner)) {
        follow(writes.get(i).revision(), owner);
      }
    }
    if (earlier > 0 && !isBuried(writes.get(earlier - 1))) {
      (forms.size() == 1 ? certainlyThere : perhapsThere).add(writes.get(earlier - 1).revision());
    }
  }

  /** Nobody can tell this from a later revision that ran in part. */
  private void aheadPerhaps(List<Write> writes, int last) {
    writes.subList(last, writes.size()).forEach(write -> perhapsAhead.add(write.revision()));
  }

  private void follow(String revision, String owner) {
    follows.computeIfAbsent(revision, id -> new HashSet<>()).add(owner);
  }

  @Override
  public String toString() {
    return "%s, %s; missing %s, different %s; %s"
        .formatted(trueState(), states, missing, different, scene);
  }
}
