package dev.stampguard.testing;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.AcceptedDrift;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.diagnosis.TargetDoubt;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.Expectation.Failure;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.lock.ScriptEdit;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.LedgerMarks;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A small world to diagnose, written as literals: revisions with effects, a catalog and a ledger.
 * Objects are words: table {@code t}, column {@code t.c}, index {@code t#i}, trigger {@code t!g},
 * constraint {@code t$k}, function {@code f()}. Effects are objects with a sign: {@code +} creates,
 * {@code -} drops, {@code =} alters. What follows a colon is the definition, with {@code _} for
 * blanks ({@code +t.c:integer}, {@code =t.c:bigint}); without one an object is known to exist.
 * {@code @14} after it is the major that printed the object's body.
 */
public final class World {
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, RevisionExpectation> expected = new LinkedHashMap<>();
  private final Map<String, Set<ObjectName>> touched = new LinkedHashMap<>();
  private final Map<ObjectName, Definition> known = new TreeMap<>();
  private final List<String> catalog = new ArrayList<>();
  private final Set<ObjectName> invalid = new LinkedHashSet<>();
  private final List<String> rows = new ArrayList<>();
  private final List<ChainGap> gaps = new ArrayList<>();
  private final List<GraphProblem> problems = new ArrayList<>();
  private final List<AcceptedDrift> accepted = new ArrayList<>();
  private final List<TargetDoubt> doubts = new ArrayList<>();
  private final List<ScriptEdit> edits = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private Expectation.Source source = Expectation.Source.SCRIPTS;
  private final List<QualifiedName> otherLedgers = new ArrayList<>();
  private boolean ledgerExists = true;
  private boolean onSearchPath = true;
  private OptionalInt width = OptionalInt.empty();
  private Optional<LedgerMarks> marks = Optional.empty();

  /** The contract name that a word such as {@code t} or {@code t.c:integer} stands for. */
  public static ObjectName name(String word) {
    String name = word.split(":", 2)[0];
    if (name.endsWith("()")) {
      return ObjectName.function("public", name.substring(0, name.length() - 2), "");
    }
    String[] parts = name.split("[.#!$]", 2);
    if (parts.length == 1) {
      return ObjectName.of(ObjectKind.TABLE, "public", name);
    }
    return switch (name.charAt(parts[0].length())) {
      case '#' -> ObjectName.of(ObjectKind.INDEX, "public", parts[1]);
      case '!' -> ObjectName.of(ObjectKind.TRIGGER, "public", parts[0], parts[1]);
      case '$' -> ObjectName.of(ObjectKind.CONSTRAINT, "public", parts[0], parts[1]);
      default -> ObjectName.of(ObjectKind.COLUMN, "public", parts[0], parts[1]);
    };
  }

  private static Optional<QualifiedName> relationOf(String word) {
    return name(word).kind().isInsideRelation()
        ? Optional.of(new QualifiedName("public", word.split("[.#!$]", 2)[0]))
        : Optional.empty();
  }

  private static Definition definition(String word) {
    String[] parts = word.split(":", 2);
    if (parts.length == 1) {
      return Definition.EXISTS;
    }
    String[] text = parts[1].split("@", 2);
    return text.length == 1
        ? new Definition.Canonical(text[0].replace('_', ' '))
        : new Definition.Canonical(
            "text",
            Optional.of(new Definition.Body(Integer.parseInt(text[1]), text[0].replace('_', ' '))));
  }

  /**
   * Adds a revision.
   *
   * @param parents ids separated by blanks; empty for a root
   * @param effects words separated by blanks; empty for a revision without trace; {@code ?} for
   *     something that could not be read
   */
  public World revision(String id, String parents, String effects) {
    return revision(id, parents, "", effects);
  }

  /** Adds a revision that also depends on others. */
  public World revision(String id, String parents, String dependsOn, String effects) {
    revisions.add(
        new Revision(
            id,
            "does " + id,
            "migrations/versions/" + id + ".py",
            7,
            words(parents),
            words(dependsOn),
            List.of(),
            Optional.empty()));
    var list = new ArrayList<Effect>();
    boolean exact = true;
    for (String word : words(effects)) {
      if (word.equals("?")) {
        exact = false;
        continue;
      }
      String what = word.substring(1);
      ObjectName object = name(what);
      Optional<Definition> before = Optional.ofNullable(known.get(object));
      if (word.startsWith("+") || word.startsWith("=")) {
        Definition made = definition(what);
        list.add(
            new Effect(
                object,
                relationOf(what),
                word.startsWith("+") ? Optional.empty() : before,
                Optional.of(made)));
        known.put(object, made);
      } else if (word.startsWith("-")) {
        var gone = Optional.of(before.orElse(Definition.EXISTS));
        list.add(new Effect(object, relationOf(what), gone, Optional.empty()));
        known.remove(object);
        if (object.kind() == ObjectKind.TABLE) {
          Predicate<ObjectName> isInside =
              inside -> inside.kind() == ObjectKind.COLUMN && inside.parts().get(1).equals(what);
          known.forEach(
              (inside, definition) -> {
                if (isInside.test(inside)) {
                  list.add(
                      new Effect(
                          inside,
                          Optional.of(new QualifiedName("public", what)),
                          Optional.of(definition),
                          Optional.empty()));
                }
              });
          known.keySet().removeIf(isInside);
        }
      } else if (word.startsWith("~")) {
        touched.computeIfAbsent(id, key -> new TreeSet<>()).add(object);
        exact = false;
      } else {
        throw new IllegalArgumentException(word);
      }
    }
    expected.put(
        id,
        new RevisionExpectation(
            id,
            list,
            exact,
            exact ? List.of() : List.of(new RevisionExpectation.Unread(9, "a loop"))));
    return this;
  }

  /** What is physically there. */
  public World catalog(String objects) {
    catalog.addAll(words(objects));
    return this;
  }

  /** The ledger's rows. */
  public World ledger(String ids) {
    rows.addAll(words(ids));
    return this;
  }

  /** How many characters the ledger's version column takes. */
  public World ledgerWidth(int characters) {
    width = OptionalInt.of(characters);
    return this;
  }

  /** The ledger keeps a row for each revision, and these came too late for the tool. */
  public World late(String ids) {
    marks =
        Optional.of(
            new LedgerMarks(
                List.of(rows.getLast()),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.copyOf(words(ids)),
                List.of()));
    return this;
  }

  public World withoutLedger() {
    ledgerExists = false;
    return this;
  }

  public World ledgerOffSearchPath() {
    onSearchPath = false;
    return this;
  }

  public World otherLedger(String schema) {
    otherLedgers.add(new QualifiedName(schema, "alembic_version"));
    return this;
  }

  public World gap(String revision, String needs, String creators) {
    gaps.add(new ChainGap(revision, 12, name(needs), words(creators)));
    return this;
  }

  /** Where the expectation comes from; the scripts unless this says otherwise. */
  public World source(Expectation.Source source) {
    this.source = source;
    return this;
  }

  /** Running a revision failed. */
  public World failure(String revision, String reason) {
    failures.add(new Failure(revision, reason));
    return this;
  }

  public World problem(GraphProblem problem) {
    problems.add(problem);
    return this;
  }

  public World invalidIndex(String index) {
    invalid.add(ObjectName.of(ObjectKind.INDEX, "public", index));
    return this;
  }

  public World accept(String code, String object, String reason) {
    accepted.add(new AcceptedDrift(code, object::equals, reason, "rule for " + object));
    return this;
  }

  public World doubt(TargetDoubt doubt) {
    doubts.add(doubt);
    return this;
  }

  /** A script was edited since its revision was proven. */
  public World edited(ScriptEdit edit) {
    edits.add(edit);
    return this;
  }

  public RevisionGraph graph() {
    return RevisionGraph.of(revisions, problems);
  }

  public List<ChainGap> gaps() {
    return gaps;
  }

  public Diagnosis diagnose() {
    return Diagnoser.diagnose(facts());
  }

  /** Everything a diagnosis is made from. */
  public Facts facts() {
    var objects =
        new ArrayList<>(
            catalog.stream()
                .map(word -> new CatalogObject(name(word), relationOf(word), definition(word)))
                .toList());
    var ledgerTable = new QualifiedName("public", "alembic_version");
    if (ledgerExists) {
      objects.add(
          new CatalogObject(
              ObjectName.of(ObjectKind.TABLE, ledgerTable), Optional.empty(), Definition.EXISTS));
    }
    CatalogSnapshot snapshot = CatalogSnapshot.of("18.3", objects);
    snapshot = new CatalogSnapshot(snapshot.serverVersion(), snapshot.objects(), invalid);
    return new Facts(
        graph(),
        new Ledger(ledgerTable, ledgerExists, rows, otherLedgers, onSearchPath, width, marks),
        snapshot,
        new Expectation(source, expected, gaps, touched, failures),
        doubts,
        edits,
        accepted);
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : Arrays.asList(text.trim().split("\\s+"));
  }
}
