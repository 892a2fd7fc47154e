package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a diagnosis takes; prints figures, asserts nothing. Not part of the suite: {@code mvn
 * test -Dtest=DiagnosisBenchmark}. 300 revisions in a row; each makes its share of the tables, of
 * eight objects each, and alters a column of each table of the one before.
 */
class DiagnosisBenchmark {
  private static final int REVISIONS = 300;
  private static final int RUNS = 11;
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, RevisionExpectation> expected = new LinkedHashMap<>();
  private final Map<ObjectName, CatalogObject> standing = new TreeMap<>();
  private final Map<ObjectName, CatalogObject> half = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(ints = {22, 1_000, 10_000})
  void measure(int tables) {
    for (int i = 0; i < REVISIONS; i++) {
      revision(i, share(tables, i), i == 0 ? List.of() : share(tables, i - 1));
      if (i == REVISIONS / 2) {
        half.putAll(standing);
      }
    }
    var holed = new TreeMap<>(standing);
    share(tables, REVISIONS / 2)
        .forEach(
            number ->
                holed
                    .values()
                    .removeIf(object -> object.name().toString().contains("t" + number + ".")));
    System.out.printf(
        "%d tables: healthy %s, half of it stamped ahead %s, damaged %s, nothing there %s%n",
        tables,
        time(snapshot(standing)),
        time(snapshot(half)),
        time(snapshot(holed)),
        time(snapshot(Map.of())));
  }

  private static List<Integer> share(int tables, int revision) {
    var share = new ArrayList<Integer>();
    for (int i = revision; i < tables; i += REVISIONS) {
      share.add(i);
    }
    return share;
  }

  private void revision(int number, List<Integer> created, List<Integer> altered) {
    String id = "r%03d".formatted(number);
    revisions.add(
        new Revision(
            id,
            "",
            id + ".py",
            1,
            number == 0 ? List.of() : List.of("r%03d".formatted(number - 1)),
            List.of(),
            List.of(),
            Optional.empty()));
    var effects = new ArrayList<Effect>();
    for (int table : created) {
      var relation = new QualifiedName("public", "t" + table);
      effects.add(made(ObjectName.of(ObjectKind.TABLE, relation), Optional.empty(), "table"));
      for (int c = 0; c < 5; c++) {
        effects.add(
            made(
                ObjectName.inside(ObjectKind.COLUMN, relation, "c" + c),
                Optional.of(relation),
                "integer NOT NULL"));
      }
      effects.add(
          made(
              ObjectName.inside(ObjectKind.CONSTRAINT, relation, "pk"),
              Optional.of(relation),
              "PRIMARY KEY (c0)"));
      effects.add(
          made(
              ObjectName.of(ObjectKind.INDEX, "public", "ix" + table),
              Optional.of(relation),
              "CREATE INDEX ix" + table + " ON public.t USING btree (c1)"));
    }
    for (int table : altered) {
      var relation = new QualifiedName("public", "t" + table);
      effects.add(
          made(
              ObjectName.inside(ObjectKind.COLUMN, relation, "c1"),
              Optional.of(relation),
              "bigint"));
    }
    expected.put(id, new RevisionExpectation(id, effects, true, List.of()));
  }

  private Effect made(ObjectName name, Optional<QualifiedName> relation, String text) {
    var after = new Definition.Canonical(text);
    CatalogObject old = standing.put(name, new CatalogObject(name, relation, after));
    return new Effect(
        name,
        relation,
        Optional.ofNullable(old).map(CatalogObject::definition),
        Optional.of(after));
  }

  private static CatalogSnapshot snapshot(Map<ObjectName, CatalogObject> objects) {
    return new CatalogSnapshot("18.3", new TreeMap<>(objects), Set.of());
  }

  private String time(CatalogSnapshot catalog) {
    var facts =
        new Facts(
            RevisionGraph.of(revisions, List.of()),
            new Ledger(
                new QualifiedName("public", "alembic_version"),
                true,
                List.of(revisions.getLast().id()),
                List.of(),
                true,
                OptionalInt.of(32)),
            catalog,
            new Expectation(Expectation.Source.LOCK, expected, List.of(), Map.of()),
            List.of(),
            List.of(),
            List.of());
    var millis = new double[RUNS];
    double first = 0;
    for (int i = -2; i < RUNS; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Verdict verdict = Diagnoser.diagnose(facts).verdict();
      double taken = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
      if (i == -2) {
        first = taken;
      } else if (i >= 0) {
        millis[i] = taken;
      }
      if (verdict == Verdict.UNKNOWN) {
        throw new IllegalStateException("nothing to measure");
      }
    }
    Arrays.sort(millis);
    return "%.0f ms (first %.0f)".formatted(millis[RUNS / 2], first);
  }
}
