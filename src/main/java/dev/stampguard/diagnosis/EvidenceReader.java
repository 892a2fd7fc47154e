package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.ObjectHistory.Write;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every object's history against the catalog, and charges what is not as it should be to the
 * one revision that owes it.
 *
 * <p>Each object is read once. Where it looks alike after several of its writers (created, dropped,
 * created again), what the other objects prove decides which of them it was; what stays open is no
 * evidence.
 */
final class EvidenceReader {
  private final RevisionGraph graph;
  private final CatalogSnapshot catalog;
  private final Expectation expectation;
  private final ObjectHistory history;
  private final Set<String> recorded;
  private final Optional<TrueState> trueState;
  private final Map<QualifiedName, Relation> relations = new HashMap<>();
  private final List<Tally> tallies = new ArrayList<>();
  private final List<Doubt> doubts = new ArrayList<>();
  private final Map<String, String> causes = new HashMap<>();
  private final Bonds bonds = new Bonds();

  /** What is known of a table or view, whatever its kind was at each time. */
  private record Relation(boolean isThere, List<Write> writes) {}

  /**
   * Evidence of one revision that counts if another never ran.
   *
   * @param revision position of the one
   * @param owner position of the other
   */
  private record Doubt(int revision, int owner) {}

  EvidenceReader(
      RevisionGraph graph,
      CatalogSnapshot catalog,
      Expectation expectation,
      ObjectHistory history,
      Set<String> recorded,
      Optional<TrueState> trueState) {
    this.graph = graph;
    this.catalog = catalog;
    this.expectation = expectation;
    this.history = history;
    this.recorded = recorded;
    this.trueState = trueState;
  }

  /** What is true of every revision, oldest first. */
  List<RevisionDiagnosis> read(List<Trace> traces) {
    graph.revisions().forEach(revision -> tallies.add(new Tally()));
    var branches = new Branches(graph, history, recorded);
    var names = new EarlierNames(branches, expectation, catalog);
    List<Trace> lives = traces.stream().map(names::follow).toList();
    lives.forEach(this::missed);
    judge(lives);
    settleDoubts();
    var result = new ArrayList<RevisionDiagnosis>();
    for (Revision revision : graph.revisions()) {
      Tally tally = tallies.get(result.size());
      RevisionDiagnosis diagnosis = read(revision, tally);
      result.add(diagnosis);
      if (diagnosis.different().isEmpty()
          && (diagnosis.state() == RevisionState.HOLLOW
              || diagnosis.state() == RevisionState.PARTIAL)) {
        cause(result, tally).ifPresent(cause -> causes.put(revision.id(), cause));
      }
    }
    return result;
  }

  /** Notes what recorded revisions should have left and what is not there, for what hangs on it. */
  private void missed(Trace trace) {
    int last = lastRecorded(trace);
    if (last > 0
        && trace.now().isEmpty()
        && trace.write(last).effect().after().isPresent()
        && !mayBeDroppedUnseen(trace.object(), trace.write(last))) {
      bonds.miss(trace.object(), trace.write(creator(trace, last)).revision());
    }
  }

  /**
   * The revision with whose objects all went that another one lacks; empty when some did not.
   *
   * @param done what is true of the revisions up to that other one
   */
  private Optional<String> cause(List<RevisionDiagnosis> done, Tally tally) {
    List<ObjectName> missing = done.getLast().missing();
    if (missing.isEmpty()) {
      return tally.causes().stream().findFirst();
    }
    List<Optional<String>> owners =
        tally.missing().stream()
            .filter(effect -> missing.contains(effect.object()))
            .map(bonds::owner)
            .map(owner -> owner.filter(id -> isLackingBefore(id, done)))
            .toList();
    return owners.stream().allMatch(Optional::isPresent) ? owners.getFirst() : Optional.empty();
  }

  private boolean isLackingBefore(String id, List<RevisionDiagnosis> done) {
    int position = history.positionOf(id);
    return position < done.size() - 1 && !done.get(position).missing().isEmpty();
  }

  /**
   * Revisions that lack only what went with what another one owes; each with that other one. To be
   * asked after {@link #read}.
   */
  Map<String, String> causes() {
    return causes;
  }

  private RevisionDiagnosis read(Revision revision, Tally tally) {
    boolean isRecorded = recorded.contains(revision.id());
    RevisionExpectation expected = expectation.revisions().get(revision.id());
    Evidence evidence = tally.evidence();
    RevisionState state = RevisionState.of(isRecorded, evidence);
    boolean owes = state != RevisionState.PENDING;
    return new RevisionDiagnosis(
        revision,
        isRecorded,
        evidence,
        state,
        owes ? folded(tally.missing()) : List.of(),
        owes ? folded(tally.different()) : List.of(),
        foldedIntoRelations(tally.present()),
        expected != null && expected.exact() && tally.exact());
  }

  /** First what can be read in one way only; then the rest in the light of that. */
  private void judge(List<Trace> traces) {
    boolean explained =
        traces.stream().allMatch(trace -> trace.open() || trace.fits().get(lastRecorded(trace)));
    Optional<Interval> interval =
        trueState.filter(state -> !explained).map(state -> new Interval(graph, history, state));
    var open = new ArrayList<Trace>();
    for (Trace trace : traces) {
      if (trace.saysNothing()) {
        continue;
      }
      Trace narrowed = interval.map(known -> known.narrow(trace)).orElse(trace);
      if (narrowed.fits().cardinality() > 1) {
        open.add(narrowed);
      } else {
        judgeOne(narrowed);
      }
    }
    open.stream().map(this::plausible).toList().forEach(this::judgeOne);
  }

  /**
   * The trace without the forms that other objects speak against. Where its last recorded writer
   * left such a form, an earlier time is believed only if all that ran since is known not to have
   * run: one revision that is partly there is likelier than several that are not.
   */
  private Trace plausible(Trace trace) {
    var forms = (BitSet) trace.fits().clone();
    int last = lastRecorded(trace);
    for (int i = 1; i <= trace.writes().size(); i++) {
      if (tally(trace, i).hasRun()) {
        forms.clear(0, i);
      } else if (i > last && canNotHaveRun(trace, i)) {
        forms.clear(i);
      }
    }
    if (forms.get(last)) {
      int earlier = forms.previousSetBit(last - 1);
      if (earlier >= 0 && haveNotRun(trace, earlier + 1, last)) {
        forms.clear(last);
      } else {
        forms.clear(0, last);
      }
    }
    return trace.in(forms);
  }

  private boolean haveNotRun(Trace trace, int from, int to) {
    for (int i = from; i <= to; i++) {
      if (recorded.contains(trace.write(i).revision()) && !tally(trace, i).hasNotRun()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a writer that is not recorded, or something it needs, has left everything as it was
   * before. What went with a relation that somebody took away speaks for no writer.
   */
  private boolean canNotHaveRun(Trace trace, int i) {
    Write write = trace.write(i);
    return (trace.now().isEmpty()
            && (lackingRelation(write.effect()).isPresent()
                || bonds.owner(write.effect()).isPresent()))
        || graph.closure(List.of(write.revision())).stream()
            .anyMatch(id -> tallies.get(history.positionOf(id)).hasNotRun());
  }

  private void judgeOne(Trace trace) {
    int last = lastRecorded(trace);
    if (trace.open()) {
      tally(trace, last).unclear();
      return;
    }
    if (last > 0) {
      judgeRecorded(trace, last);
    }
    for (int i = last + 1; i <= trace.writes().size(); i++) {
      judgePending(trace, last, i);
    }
  }

  private int lastRecorded(Trace trace) {
    return Trace.last(trace.writes(), recorded);
  }

  /** The recorded writers of an object, of which all but the last are overridden. */
  private void judgeRecorded(Trace trace, int last) {
    BitSet fits = trace.fits();
    int latest = fits.previousSetBit(last);
    if (latest == last) {
      asRecorded(trace, last);
    } else if (latest >= 0) {
      asEarlier(trace, last, latest);
    } else if (!fits.isEmpty()) {
      after(trace, last, true); // as a revision made it that is not recorded
    } else if (trace.now().isEmpty()) {
      asEarlier(trace, last, 0);
    } else if (!isHidden(trace, last)) {
      tally(trace, last).different(trace.write(last).effect());
    }
  }

  private void asRecorded(Trace trace, int last) {
    Effect effect = trace.write(last).effect();
    if (isHidden(trace, last)) {
      return;
    }
    Optional<Write> lacking = lackingRelation(effect);
    if (lacking.isPresent()) {
      doubts.add(new Doubt(trace.write(last).position(), lacking.get().position()));
    } else if (!Definition.match(trace.now(), effect.before())) {
      after(trace, last, trace.fits().previousSetBit(last - 1) < 0);
    }
  }

  /** The object is as it was before some of its recorded writers: they have not run, it seems. */
  private void asEarlier(Trace trace, int last, int latest) {
    if (trace.now().isEmpty() && mayBeDroppedUnseen(trace.object(), trace.write(last))) {
      return;
    }
    int owner =
        trace.now().isEmpty() && trace.write(last).effect().after().isPresent()
            ? creator(trace, last)
            : last;
    Write owing = trace.write(owner);
    Tally tally = tallies.get(owing.position());
    if (Definition.match(trace.now(), trace.write(last).effect().after())) {
      tally.before();
    } else if (!isHidden(trace, owner)) {
      tally.before(owing.effect(), trace.now().isPresent());
      lackingRelation(owing.effect())
          .filter(write -> write.position() != owing.position())
          .ifPresent(write -> tally.inside(write.revision()));
    }
    for (int i = latest + 1; i <= last; i++) {
      Write write = trace.write(i);
      if (i != owner && recorded.contains(write.revision())) {
        doubts.add(new Doubt(write.position(), owing.position()));
      }
    }
    if (latest > 0
        && trace.fits().cardinality() == 1
        && recorded.contains(trace.write(latest).revision())
        && !isHidden(trace, latest)) {
      after(trace, latest, true);
    }
  }

  /**
   * The last recorded writer that made the object out of nothing, or brought it to the relation it
   * should be in by renaming that; who made it may be unread.
   */
  private int creator(Trace trace, int last) {
    for (int i = last; i > 0; i--) {
      Effect effect = trace.write(i).effect();
      boolean isMoved = i > 1 && !effect.relation().equals(trace.write(i - 1).effect().relation());
      if (recorded.contains(trace.write(i).revision()) && (isMoved || effect.before().isEmpty())) {
        return i;
      }
    }
    return last;
  }

  private void judgePending(Trace trace, int last, int i) {
    if (isHidden(trace, i)
        || (trace.now().isPresent() && trace.object().kind().isOftenAnothers())) {
      return;
    }
    Effect effect = trace.write(i).effect();
    boolean mayBeBefore = trace.fits().previousSetBit(i - 1) >= 0;
    boolean mayBeAfter = trace.fits().nextSetBit(i) >= 0;
    if (mayBeBefore && mayBeAfter) {
      return;
    }
    if (mayBeBefore) {
      tally(trace, i).before(effect, trace.now().isPresent());
    } else if (trace.now().isEmpty() && bonds.owner(effect).isPresent()) {
      return; // gone with what it needs: nobody need have dropped it
    } else if (mayBeAfter) {
      after(trace, i, true);
    } else if (last == 0 && i == 1) {
      tally(trace, i).different(effect); // somebody else's, in the place where it is to be made
    }
  }

  private Tally tally(Trace trace, int i) {
    return tallies.get(trace.write(i).position());
  }

  private void after(Trace trace, int i, boolean certain) {
    Effect effect = trace.write(i).effect();
    boolean exact =
        trace.now().isEmpty()
            || effect.after().isEmpty()
            || effect.after().get().equals(Definition.EXISTS)
            || effect.after().get().isComparableTo(trace.now().get());
    tally(trace, i).after(effect, trace.now().isPresent(), certain, exact);
  }

  private void settleDoubts() {
    List<Doubt> founded =
        doubts.stream()
            .filter(doubt -> tallies.get(doubt.owner()).evidence() == Evidence.ABSENT)
            .toList();
    List<Revision> revisions = graph.revisions();
    for (Doubt doubt : founded) {
      tallies.get(doubt.revision()).follows(revisions.get(doubt.owner()).id());
    }
  }

  private Relation relation(QualifiedName name) {
    return relations.computeIfAbsent(
        name,
        unknown ->
            new Relation(
                catalog.containsRelation(unknown),
                ObjectHistory.asRelation(unknown).stream()
                    .flatMap(relation -> history.writesOf(relation).stream())
                    .toList()));
  }

  /**
   * Whether the writer itself or one after it took the whole relation away: what happened inside
   * can then no longer be seen, and the relation alone tells whether it is gone. What is not
   * recorded may have run after what is not recorded either.
   */
  private boolean isHidden(Trace trace, int i) {
    Write write = trace.write(i);
    if (write.effect().relation().isEmpty()) {
      return false;
    }
    Relation relation = relation(write.effect().relation().get());
    boolean isRecorded = recorded.contains(write.revision());
    boolean hidden = false;
    for (Write other : relation.writes()) {
      if (other.position() == write.position()
          || (history.isBefore(write.revision(), other.revision())
              && !relation.isThere()
              && (!isRecorded || recorded.contains(other.revision())))) {
        hidden = other.effect().after().isEmpty();
      }
    }
    return hidden;
  }

  /** Who owes the relation around an effect, if that should be there and is not. */
  private Optional<Write> lackingRelation(Effect effect) {
    if (effect.relation().isEmpty()) {
      return Optional.empty();
    }
    Relation relation = relation(effect.relation().get());
    if (relation.isThere()) {
      return Optional.empty();
    }
    Optional<Write> creator = Optional.empty();
    for (Write write : relation.writes()) {
      if (recorded.contains(write.revision())) {
        if (write.effect().after().isEmpty()) {
          creator = Optional.empty();
        } else if (creator.isEmpty() || write.effect().before().isEmpty()) {
          creator = Optional.of(write);
        }
      }
    }
    return creator;
  }

  /** Whether a later recorded revision may have dropped it in a way that could not be read. */
  private boolean mayBeDroppedUnseen(ObjectName object, Write last) {
    return isTouchedLater(object, last)
        || last.effect()
            .relation()
            .filter(relation -> !relation(relation).isThere())
            .filter(
                relation ->
                    ObjectHistory.asRelation(relation).stream()
                        .anyMatch(name -> isTouchedLater(name, last)))
            .isPresent();
  }

  private boolean isTouchedLater(ObjectName object, Write last) {
    return expectation.possiblyTouched().entrySet().stream()
        .filter(entry -> entry.getValue().contains(object))
        .map(Map.Entry::getKey)
        .anyMatch(id -> recorded.contains(id) && history.isBefore(last.revision(), id));
  }

  /** Leaves out what lies inside a relation that is itself missing: the relation says it all. */
  private List<ObjectName> folded(List<Effect> effects) {
    return effects.stream()
        .filter(effect -> effect.relation().map(r -> relation(r).isThere()).orElse(true))
        .map(Effect::object)
        .sorted()
        .toList();
  }

  /** Leaves out what lies inside a relation that is among them. */
  private static List<ObjectName> foldedIntoRelations(List<Effect> effects) {
    var names = new HashSet<QualifiedName>();
    for (Effect effect : effects) {
      ObjectName object = effect.object();
      if (object.kind().isRelation()) {
        names.add(new QualifiedName(object.parts().get(0), object.parts().get(1)));
      }
    }
    return effects.stream()
        .filter(effect -> effect.relation().map(r -> !names.contains(r)).orElse(true))
        .map(Effect::object)
        .sorted()
        .toList();
  }

  /** The true state by position, to sort out forms that it excludes. */
  private static final class Interval {
    private final BitSet lower;
    private final BitSet upper;

    Interval(RevisionGraph graph, ObjectHistory history, TrueState state) {
      lower = positions(history, graph.closure(state.lower()));
      upper = positions(history, graph.closure(state.upper()));
    }

    private static BitSet positions(ObjectHistory history, Set<String> ids) {
      var positions = new BitSet();
      ids.forEach(id -> positions.set(history.positionOf(id)));
      return positions;
    }

    Trace narrow(Trace trace) {
      var result = (BitSet) trace.fits().clone();
      for (int i = 1; i <= trace.writes().size(); i++) {
        int position = trace.write(i).position();
        if (lower.get(position)) {
          result.clear(0, i);
        }
        if (!upper.get(position)) {
          result.clear(i);
        }
      }
      return trace.in(result);
    }
  }
}
