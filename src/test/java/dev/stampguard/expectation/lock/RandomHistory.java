package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.RevisionExpectation.Unread;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A random history with names and definitions that no format likes, and what it leaves behind. */
final class RandomHistory {
  private static final List<String> WORDS =
      List.of(
          "users",
          "Users",
          "order",
          "a b",
          "a\tb",
          "a\nb",
          "a|b",
          "a.b",
          "x\"y",
          "\"",
          "(",
          ")",
          "naïve",
          "日本",
          "🐘",
          "\\",
          "\\t",
          "back\\slash\\",
          "-",
          "+",
          "~",
          "'",
          "r\r",
          "exists",
          "\u0001",
          "\u007f",
          "=======",
          "<<<<<<< x",
          "#",
          "revision",
          "\u0085",
          "\u2028",
          " ",
          "1");

  private final Random random;
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, RevisionExpectation> expected = new LinkedHashMap<>();
  private final List<ChainGap> gaps = new ArrayList<>();
  private final Map<String, Set<ObjectName>> touched = new LinkedHashMap<>();
  private final Map<LockedName, Definition> standing = new LinkedHashMap<>();

  private String schema = "public";
  private boolean linear;

  private RandomHistory(Random random) {
    this.random = random;
  }

  static RandomHistory of(Random random) {
    var history = new RandomHistory(random);
    history.schema = history.pick(List.of("public", history.word()));
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      history.add("r" + i + history.pick(List.of("", "", " x", "é", "\\")));
    }
    return history;
  }

  /** One line of revisions, all of them read, each of which finds what the earlier ones left. */
  static RandomHistory linear(Random random) {
    var history = new RandomHistory(random);
    history.linear = true;
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      history.add("r" + i);
    }
    return history;
  }

  /** The same history, to be continued in another way. */
  RandomHistory branch(Random own) {
    var branch = new RandomHistory(own);
    branch.schema = schema;
    branch.revisions.addAll(revisions);
    branch.expected.putAll(expected);
    branch.gaps.addAll(gaps);
    branch.touched.putAll(touched);
    branch.standing.putAll(standing);
    return branch;
  }

  /** Adds a revision on top of one or two earlier ones, with random effects. */
  void add(String id) {
    add(id, effects(1 + random.nextInt(6)));
  }

  void add(String id, List<Effect> effects) {
    revisions.add(
        new Revision(
            id,
            word(),
            "migrations/" + word() + id + ".py",
            1 + random.nextInt(40),
            someEarlier(2),
            random.nextInt(5) == 0 ? someEarlier(1) : List.of(),
            random.nextInt(5) == 0 ? List.of(word(), "label") : List.of(),
            // Growing, so that the graph's order is the order of adding.
            Optional.of("2026-01-01 %08d".formatted(revisions.size()))));
    effects.forEach(this::apply);
    boolean exact = random.nextInt(4) > 0;
    if (!linear && random.nextInt(12) == 0) {
      return; // could not be read at all
    }
    var unread = exact ? List.<Unread>of() : List.of(new Unread(3, word()), new Unread(2, word()));
    expected.put(id, new RevisionExpectation(id, effects, exact, unread));
    if (random.nextInt(6) == 0) {
      gaps.add(new ChainGap(id, 12, name().object(), List.of(word(), id)));
    }
    if (random.nextInt(6) == 0) {
      touched.put(id, Set.of(name().object(), ObjectName.of(ObjectKind.TABLE, "public", "t")));
    }
  }

  private void apply(Effect effect) {
    var name = LockedName.of(effect);
    effect.after().ifPresentOrElse(made -> standing.put(name, made), () -> standing.remove(name));
  }

  /** Effects on objects that stand, and now and then on something nobody made. */
  List<Effect> effects(int count) {
    var effects = new ArrayList<Effect>();
    var used = new LinkedHashSet<ObjectName>();
    for (int i = 0; i < count; i++) {
      boolean known = !standing.isEmpty() && random.nextInt(3) > 0;
      LockedName name = known ? pick(List.copyOf(standing.keySet())) : name();
      if (!used.add(name.object())) {
        continue;
      }
      Optional<Definition> before = Optional.ofNullable(standing.get(name));
      if (!linear && random.nextInt(15) == 0) {
        before = Optional.of(definition());
      }
      Optional<Definition> after =
          before.isPresent() && random.nextInt(3) == 0
              ? Optional.empty()
              : Optional.of(definition());
      effects.add(new Effect(name.object(), name.relation(), before, after));
    }
    return effects;
  }

  Expectation expectation() {
    return new Expectation(Expectation.Source.LOCK, expected, gaps, touched);
  }

  RevisionGraph graph() {
    return RevisionGraph.of(revisions, List.of());
  }

  List<String> ids() {
    return revisions.stream().map(Revision::id).toList();
  }

  Map<String, ScriptDigest> scripts() {
    var scripts = new LinkedHashMap<String, ScriptDigest>();
    ids().forEach(id -> scripts.put(id, ScriptDigest.of(id.getBytes(StandardCharsets.UTF_8))));
    return scripts;
  }

  LockFile lock() {
    return LockFile.of("alembic", 18, schema, graph(), expectation(), scripts());
  }

  String schema() {
    return schema;
  }

  boolean isRead(String id) {
    return expected.containsKey(id);
  }

  private List<String> someEarlier(int most) {
    if (linear) {
      return revisions.isEmpty() ? List.of() : List.of(revisions.getLast().id());
    }
    var parents = new LinkedHashSet<String>();
    int count = revisions.isEmpty() ? 0 : random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      parents.add(pick(revisions).id());
    }
    return List.copyOf(parents);
  }

  private LockedName name() {
    ObjectKind kind = pick(List.of(ObjectKind.values()));
    var relation = new QualifiedName(pick(List.of("public", word())), word());
    return switch (kind) {
      case SCHEMA, EXTENSION -> new LockedName(ObjectName.of(kind, word()), Optional.empty());
      case TYPE, SEQUENCE, TABLE, VIEW, MATERIALIZED_VIEW ->
          new LockedName(ObjectName.of(kind, relation), Optional.empty());
      case FUNCTION ->
          new LockedName(
              ObjectName.function("public", word(), pick(List.of("", "integer", word(), "a(1,2)"))),
              Optional.empty());
      case INDEX ->
          new LockedName(ObjectName.of(kind, relation.schema(), word()), Optional.of(relation));
      case COLUMN, CONSTRAINT, TRIGGER, POLICY ->
          new LockedName(
              ObjectName.inside(kind, relation, word()),
              random.nextInt(10) == 0 ? Optional.empty() : Optional.of(relation));
    };
  }

  private Definition definition() {
    return switch (random.nextInt(8)) {
      case 0 -> Definition.EXISTS;
      case 1 ->
          new Definition.Canonical(
              word(), Optional.of(new Definition.Body(14 + random.nextInt(5), word() + word())));
      case 2 -> new Definition.Canonical("");
      default -> new Definition.Canonical(word() + " " + word() + random.nextInt(3));
    };
  }

  private String word() {
    return pick(WORDS);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
