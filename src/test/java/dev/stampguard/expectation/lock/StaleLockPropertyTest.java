package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of which a lock was written, then changed: revisions added, edited, taken out. A
 * database that ran them must look as healthy by the old lock as it is, whichever edition of an
 * edited script it ran, and what is missing must still be missed. Each case is its seed.
 *
 * <p>Of a script that cannot be read what the lock knows counts on, by name. That is right of a
 * database that ran it before it was edited, or when the edit changes nothing it does; one that ran
 * it as it is now has to be replayed, so such cases are left out where they have to be healthy.
 */
class StaleLockPropertyTest {
  private static final QualifiedName LEDGER = new QualifiedName("public", "alembic_version");

  /**
   * A revision of a line of them.
   *
   * @param edition tells an edited script from what it was
   * @param readable whether its steps can be read from the script
   */
  private record Script(String id, int edition, boolean readable, List<Step> steps) {
    @Override
    public String toString() {
      return id + "." + edition + (readable ? "" : "?") + steps;
    }

    boolean runOn(Schema schema) {
      return steps.stream().allMatch(step -> step.run().test(schema));
    }

    List<SchemaOperation> operations() {
      if (readable) {
        return steps.stream().map(Step::operation).toList();
      }
      var mayDrop = new TreeSet<String>();
      steps.stream().filter(Step::takesAway).forEach(step -> mayDrop.addAll(step.mentions()));
      return List.of(new SchemaOperation.Unreadable(1, "a loop", mayDrop));
    }
  }

  static List<Integer> seeds() {
    return IntStream.range(0, 500).boxed().toList();
  }

  private static Schema run(List<Script> scripts) {
    var schema = new Schema();
    for (Script script : scripts) {
      if (!script.runOn(schema)) {
        throw new IllegalStateException(script.id() + " cannot run");
      }
    }
    return schema;
  }

  private static boolean runs(List<Script> scripts) {
    var schema = new Schema();
    return scripts.stream().allMatch(script -> script.runOn(schema));
  }

  private static Script script(Random random, String id, int edition, List<Script> before) {
    var steps = new ArrayList<Step>();
    int wanted = 1 + random.nextInt(3);
    while (steps.size() < wanted) {
      Step step = Step.random(random, run(with(before, new Script(id, 0, true, steps))));
      var longer = new ArrayList<>(steps);
      longer.add(step);
      if (runs(with(before, new Script(id, 0, true, longer)))) {
        steps.add(step);
      }
    }
    return new Script(id, edition, random.nextInt(5) > 0, steps);
  }

  private static List<Script> with(List<Script> scripts, Script last) {
    var all = new ArrayList<>(scripts);
    all.add(last);
    return all;
  }

  private static List<Script> history(Random random) {
    List<Script> scripts = new ArrayList<>();
    int size = 2 + random.nextInt(6);
    for (int i = 0; i < size; i++) {
      scripts.add(script(random, "r" + i, 0, scripts));
    }
    return scripts;
  }

  /** The scripts some commits later; the same ones when a change would break what follows it. */
  private static List<Script> movedOn(Random random, List<Script> locked) {
    List<Script> now = new ArrayList<>(locked);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(now.size());
      Script old = now.get(at);
      var changed = new ArrayList<>(now);
      switch (random.nextInt(4)) {
        case 0 -> changed.remove(at);
        case 1 -> changed.set(at, new Script(old.id(), 1, old.readable(), old.steps()));
        case 2 -> changed.set(at, script(random, old.id(), 1, now.subList(0, at)));
        default -> {
          List<Step> steps = new ArrayList<>(old.steps());
          Script more = script(random, old.id(), 1, now.subList(0, at + 1));
          steps.addAll(more.steps());
          changed.set(at, new Script(old.id(), 1, old.readable() && more.readable(), steps));
        }
      }
      if (!changed.isEmpty() && runs(changed)) {
        now = changed;
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      now.add(script(random, "n" + i, 0, now));
    }
    return now;
  }

  private static RevisionGraph graph(List<Script> scripts) {
    var revisions = new ArrayList<Revision>();
    for (Script script : scripts) {
      List<String> parents = revisions.isEmpty() ? List.of() : List.of(revisions.getLast().id());
      revisions.add(
          new Revision(
              script.id(),
              "",
              script.id() + ".py",
              1,
              parents,
              List.of(),
              List.of(),
              Optional.empty()));
    }
    return RevisionGraph.of(revisions, List.of());
  }

  private static Map<String, ScriptDigest> digests(List<Script> scripts) {
    var digests = new HashMap<String, ScriptDigest>();
    String parent = "";
    for (Script script : scripts) {
      // As Alembic's scripts do, these say their parent.
      String text = script.id() + " " + script.edition() + " " + parent;
      digests.put(script.id(), ScriptDigest.of(text.getBytes(StandardCharsets.UTF_8)));
      parent = script.id();
    }
    return digests;
  }

  private static LockFile lock(List<Script> scripts) {
    var expected = new LinkedHashMap<String, RevisionExpectation>();
    CatalogSnapshot before = new Schema().snapshot();
    for (int i = 0; i < scripts.size(); i++) {
      CatalogSnapshot after = run(scripts.subList(0, i + 1)).snapshot();
      String id = scripts.get(i).id();
      expected.put(id, new RevisionExpectation(id, Schema.effects(before, after), true, List.of()));
      before = after;
    }
    return LockFile.of(
        "alembic",
        18,
        "public",
        graph(scripts),
        new Expectation(Expectation.Source.REPLAY, expected, List.of(), Map.of()),
        digests(scripts));
  }

  private static Scripts scripts(List<Script> scripts) {
    var operations = new LinkedHashMap<String, List<SchemaOperation>>();
    scripts.forEach(script -> operations.put(script.id(), script.operations()));
    return new Scripts(graph(scripts), operations);
  }

  /** A lock, the scripts it no longer fits, and how many of them a database has run. */
  private record Case(List<Script> locked, List<Script> now, int recorded) {
    static Case of(int seed) {
      var random = new Random(seed);
      List<Script> locked = history(random);
      List<Script> now = movedOn(random, locked);
      return new Case(locked, now, random.nextInt(now.size() + 1));
    }

    List<Script> run() {
      return now.subList(0, recorded);
    }

    Expectation expectation(CatalogSnapshot catalog) {
      LockFile lock = lock(locked);
      Scripts scripts = scripts(now);
      LockDrift drift = LockDrift.between(lock, scripts.graph(), digests(now));
      return LockExpectation.of(lock, scripts, drift, Set.copyOf(rows()), catalog);
    }

    List<String> rows() {
      return recorded == 0 ? List.of() : List.of(now.get(recorded - 1).id());
    }

    Diagnosis diagnose(CatalogSnapshot catalog) {
      return Diagnoser.diagnose(
          new Facts(
              graph(now),
              new Ledger(LEDGER, true, rows(), List.of(), true, OptionalInt.empty()),
              catalog,
              expectation(catalog),
              List.of(),
              List.of(),
              List.of()));
    }
  }

  /** Whether a script that ran does something else than the lock knows, and nobody can read it. */
  private static boolean isEditedUnseen(Case sample) {
    var old = new HashMap<String, Script>();
    sample.locked().forEach(script -> old.put(script.id(), script));
    return sample.run().stream()
        .filter(script -> !script.readable() && old.containsKey(script.id()))
        .anyMatch(script -> !old.get(script.id()).steps().equals(script.steps()));
  }

  private static List<Finding> contradictions(Diagnosis diagnosis) {
    return diagnosis.findings().stream().filter(Finding::isContradiction).toList();
  }

  static List<Integer> seedsOfWhatTheLockKnows() {
    return seeds().stream().filter(seed -> !isEditedUnseen(Case.of(seed))).toList();
  }

  @ParameterizedTest
  @MethodSource("seedsOfWhatTheLockKnows")
  void whatRanTheScriptsOfTodayIsHealthy(int seed) {
    Case sample = Case.of(seed);

    Diagnosis diagnosis = sample.diagnose(run(sample.run()).snapshot());

    assertThat(contradictions(diagnosis)).as(sample.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatRanTheScriptsOfYesterdayIsHealthyAsFarAsNamesGo(int seed) {
    Case sample = Case.of(seed);
    var old = new HashMap<String, Script>();
    sample.locked().forEach(script -> old.put(script.id(), script));
    List<Script> ran =
        sample.run().stream().map(script -> old.getOrDefault(script.id(), script)).toList();
    // Where the old scripts do not fit the new ones no database can have run them together.
    CatalogSnapshot today = run(sample.run()).snapshot();
    CatalogSnapshot there = runs(ran) ? run(ran).snapshot() : today;

    Diagnosis diagnosis = sample.diagnose(there);

    if ((runs(ran) || !isEditedUnseen(sample))
        && there.objects().keySet().equals(today.objects().keySet())) {
      assertThat(contradictions(diagnosis)).as(sample.toString()).isEmpty();
    }
  }

  private static boolean isDroppedByPending(
      Expectation expectation, Case sample, ObjectName object) {
    Set<String> recorded = graph(sample.now()).closure(sample.rows());
    return expectation.revisions().values().stream()
        .filter(revision -> !recorded.contains(revision.revision()))
        .flatMap(revision -> revision.effects().stream())
        .anyMatch(effect -> effect.object().equals(object) && effect.after().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsMissingIsStillFound(int seed) {
    Case sample = Case.of(seed);
    CatalogSnapshot whole = run(sample.run()).snapshot();
    Set<ObjectName> unknown = new HashSet<>();
    Expectation expectation = sample.expectation(whole);
    expectation.possiblyTouched().values().forEach(unknown::addAll);
    // What is only dropped was never seen to be made: nobody knows whether it should be there.
    Set<ObjectName> owned = new HashSet<>();
    expectation.revisions().values().stream()
        .flatMap(revision -> revision.effects().stream())
        .filter(effect -> effect.after().isPresent())
        .forEach(effect -> owned.add(effect.object()));
    for (CatalogObject lost : whole.objects().values()) {
      if (lost.name().kind() != ObjectKind.TABLE
          || !owned.contains(lost.name())
          || unknown.contains(lost.name())) {
        continue;
      }
      var name = new QualifiedName("public", lost.name().simpleName());

      Diagnosis diagnosis = sample.diagnose(whole.withoutRelation(name));

      if (isDroppedByPending(expectation, sample, lost.name())) {
        // Lost, or dropped by a revision that was run and not recorded: nobody can tell.
        assertThat(contradictions(diagnosis)).as("%s without %s", sample, name).isNotEmpty();
        continue;
      }
      assertThat(contradictions(diagnosis))
          .as("%s without %s", sample, name)
          .anySatisfy(finding -> assertThat(finding.objects()).contains(lost.name()));
    }
  }
}
