package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A lock of one revision that makes a table and a view over it, and scripts that went on. */
class StaleLockTest {
  private static final CatalogSnapshot CATALOG = CatalogSnapshot.of("18.3", List.of());
  private static final QualifiedName USERS = new QualifiedName("app", "users");
  private static final Effect TABLE = made(ObjectName.of(ObjectKind.TABLE, USERS), "table");
  private static final Effect EMAIL =
      made(ObjectName.inside(ObjectKind.COLUMN, USERS, "email"), "text");
  private static final Effect VIEW =
      new Effect(
          ObjectName.of(ObjectKind.VIEW, "app", "emails"),
          Optional.empty(),
          Optional.empty(),
          Optional.of(
              new Definition.Canonical(
                  "view (email text)",
                  Optional.of(new Definition.Body(18, "SELECT email FROM app.users")))));

  private final List<Revision> revisions = new ArrayList<>();
  private final Map<String, List<SchemaOperation>> operations = new LinkedHashMap<>();
  private final Map<String, ScriptDigest> digests = new LinkedHashMap<>();

  private static Effect made(ObjectName object, String text) {
    return new Effect(
        object,
        LockedName.relationIn(object),
        Optional.empty(),
        Optional.of(new Definition.Canonical(text)));
  }

  private void script(String id, SchemaOperation... done) {
    List<String> parents = revisions.isEmpty() ? List.of() : List.of(revisions.getLast().id());
    revisions.add(
        new Revision(id, "", id + ".py", 1, parents, List.of(), List.of(), Optional.empty()));
    operations.put(id, List.of(done));
    digests.put(id, ScriptDigest.of(id.getBytes(StandardCharsets.UTF_8)));
  }

  private RevisionGraph graph() {
    return RevisionGraph.of(revisions, List.of());
  }

  private static QualifiedName inScript(String name) {
    return new QualifiedName(SchemaOperation.SEARCH_PATH, name);
  }

  private static SchemaOperation createTable(String name, String... columns) {
    return new SchemaOperation.CreateTable(
        1, inScript(name), false, List.of(columns), List.of(), List.of());
  }

  /** What the lock's one revision makes; its script cannot be read. */
  private LockFile lock() {
    script("a", new SchemaOperation.Unreadable(1, "a loop", Set.of()));
    return lock(
        Map.of("a", new RevisionExpectation("a", List.of(TABLE, EMAIL, VIEW), true, List.of())),
        List.of());
  }

  private LockFile lock(Map<String, RevisionExpectation> expected, List<ChainGap> gaps) {
    return LockFile.of(
        "alembic",
        18,
        "app",
        graph(),
        new Expectation(Expectation.Source.REPLAY, expected, gaps, Map.of()),
        digests);
  }

  private Expectation expectation(LockFile lock, String... recorded) {
    var scripts = new Scripts(graph(), operations);
    LockDrift drift = LockDrift.between(lock, graph(), digests);
    Expectation expectation = LockExpectation.of(lock, scripts, drift, Set.of(recorded), CATALOG);
    assertThat(expectation.source()).isEqualTo(Expectation.Source.LOCK);
    return expectation;
  }

  private static List<Effect> effects(Expectation expectation, String revision) {
    return expectation.revisions().get(revision).effects();
  }

  private static Effect loose(Effect effect) {
    return new Effect(
        effect.object(), effect.relation(), Optional.empty(), Optional.of(Definition.EXISTS));
  }

  @Test
  void scriptsThatStayedLeaveEverythingInForce() {
    LockFile lock = lock();
    assertThat(expectation(lock, "a")).isEqualTo(LockExpectation.of(lock, graph()));
  }

  @Test
  void aNewTableLeavesEveryDefinitionInForce() {
    LockFile lock = lock();
    script("b", createTable("notes", "id"));
    Expectation expectation = expectation(lock, "b");
    assertThat(effects(expectation, "a")).containsExactlyInAnyOrder(TABLE, EMAIL, VIEW);
    assertThat(effects(expectation, "b"))
        .extracting(effect -> effect.object().toString())
        .containsExactly("table app.notes", "column app.notes.id");
    assertThat(expectation.exact()).isTrue();
  }

  @Test
  void aNewColumnLetsOnlyQueriesLookOtherwise() {
    LockFile lock = lock();
    script("b", new SchemaOperation.AddColumn(1, inScript("users"), "phone", false));
    assertThat(effects(expectation(lock, "b"), "a"))
        .containsExactlyInAnyOrder(TABLE, EMAIL, made(VIEW.object(), "view (email text)"));
  }

  @Test
  void anAlterationLetsEverythingLookOtherwiseOnceItIsRecorded() {
    LockFile lock = lock();
    script("b", new SchemaOperation.Redefine(1));
    assertThat(effects(expectation(lock, "b"), "a"))
        .containsExactlyInAnyOrder(loose(TABLE), loose(EMAIL), loose(VIEW));
    assertThat(effects(expectation(lock, "a"), "a")).containsExactlyInAnyOrder(TABLE, EMAIL, VIEW);
    assertThat(expectation(lock, "b").revisions().get("b").exact()).isFalse();
  }

  @Test
  void aDropSeesWhatOnlyTheLockKnows() {
    LockFile lock = lock();
    script(
        "b",
        new SchemaOperation.Drop(
            1, ObjectName.of(ObjectKind.TABLE, inScript("users")), false, false));
    assertThat(effects(expectation(lock, "b"), "b"))
        .extracting(effect -> effect.object().toString() + effect.after())
        .containsExactlyInAnyOrder(
            "table app.usersOptional.empty", "column app.users.emailOptional.empty");
  }

  @Test
  void anEditedScriptSpeaksForItself() {
    LockFile lock = lock();
    operations.put("a", List.of(createTable("users", "phone")));
    digests.put("a", ScriptDigest.of(new byte[] {1}));
    assertThat(effects(expectation(lock, "a"), "a"))
        .extracting(effect -> effect.object().toString())
        .containsExactly("table app.users", "column app.users.phone");
  }

  @Test
  void aProgramThatWasEditedIsKeptAsTheLockHasItByName() {
    LockFile lock = lock();
    operations.put(
        "a", List.of(new SchemaOperation.Unreadable(1, "a program", Set.of("users", "email"))));
    digests.put("a", ScriptDigest.of("edited".getBytes(StandardCharsets.UTF_8)));
    Expectation expectation = expectation(lock, "a");
    assertThat(effects(expectation, "a"))
        .containsExactlyInAnyOrder(loose(TABLE), loose(EMAIL), loose(VIEW));
    assertThat(expectation.revisions().get("a").exact()).isFalse();
    assertThat(expectation.revisions().get("a").unread()).hasSize(1);
    assertThat(expectation.possiblyTouched()).isEmpty();
  }

  @Test
  void anEditedProgramDoesNotHideWhatOthersMade() {
    script("a", createTable("users", "email"));
    script("b", new SchemaOperation.Unreadable(1, "a program", Set.of("users", "email", "drop")));
    LockFile lock =
        lock(
            Map.of(
                "a", new RevisionExpectation("a", List.of(TABLE, EMAIL), true, List.of()),
                "b", new RevisionExpectation("b", List.of(VIEW), true, List.of())),
            List.of());
    digests.put("b", ScriptDigest.of("edited".getBytes(StandardCharsets.UTF_8)));
    Expectation expectation = expectation(lock, "b");
    assertThat(effects(expectation, "a")).containsExactlyInAnyOrder(loose(TABLE), loose(EMAIL));
    assertThat(effects(expectation, "b")).containsExactly(loose(VIEW));
    assertThat(expectation.possiblyTouched()).isEmpty();
  }

  @Test
  void anEditedScriptThatReadsAsMoreThanTheLockKnowsSpeaksForItself() {
    LockFile lock = lock();
    operations.put(
        "a",
        List.of(createTable("notes", "id"), new SchemaOperation.Unreadable(2, "a loop", Set.of())));
    digests.put("a", ScriptDigest.of("edited".getBytes(StandardCharsets.UTF_8)));
    assertThat(effects(expectation(lock, "a"), "a"))
        .extracting(effect -> effect.object().toString())
        .containsExactly("table app.notes", "column app.notes.id");
  }

  @Test
  void whatWasNotReplayedIsReadFromItsScriptAndKeepsItsGap() {
    script("a", createTable("users", "email"));
    script("b", new SchemaOperation.AddColumn(7, inScript("absent"), "x", false));
    var gap = new ChainGap("b", 7, ObjectName.of(ObjectKind.TABLE, "app", "absent"), List.of());
    LockFile lock =
        lock(
            Map.of("a", new RevisionExpectation("a", List.of(TABLE, EMAIL), true, List.of())),
            List.of(gap));
    Expectation expectation = expectation(lock, "a");
    assertThat(effects(expectation, "a")).containsExactlyInAnyOrder(TABLE, EMAIL);
    assertThat(effects(expectation, "b"))
        .extracting(effect -> effect.object().toString())
        .containsExactly("column app.absent.x");
    assertThat(expectation.gaps()).containsExactly(gap);
  }

  @Test
  void aLaterRevisionThatBuildsOnAnEditedOneIsNotHeldToItsDefinitions() {
    script("a", createTable("users", "email"));
    script("b", new SchemaOperation.AlterTable(1, inScript("users")));
    Effect wider =
        new Effect(
            EMAIL.object(),
            EMAIL.relation(),
            EMAIL.after(),
            Optional.of(new Definition.Canonical("citext")));
    LockFile lock =
        lock(
            Map.of(
                "a", new RevisionExpectation("a", List.of(TABLE, EMAIL), true, List.of()),
                "b", new RevisionExpectation("b", List.of(wider), true, List.of())),
            List.of());
    digests.put("a", ScriptDigest.of(new byte[] {1}));
    assertThat(effects(expectation(lock, "b"), "b"))
        .singleElement()
        .satisfies(effect -> assertThat(effect.after()).contains(Definition.EXISTS));
  }

  private static List<String> unaccounted(Expectation expectation) {
    return expectation.unaccounted().stream().map(Expectation.Failure::revision).toList();
  }

  @Test
  void whatDidNotRunAndTellsNothingIsKnownByNobody() {
    script("a", new SchemaOperation.Unreadable(1, "a loop", Set.of()));
    script("b", new SchemaOperation.Unreadable(1, "a loop", Set.of()));
    LockFile lock = lock(Map.of(), List.of());
    Expectation expectation = expectation(lock, "b");
    // What needs one that failed was not tried.
    assertThat(unaccounted(expectation)).containsExactly("a");
    assertThat(expectation.failures()).isEqualTo(LockExpectation.of(lock, graph()).failures());
  }

  @Test
  void whatDidNotRunIsKnownAsFarAsItsScriptReads() {
    script("a", createTable("notes", "id"), new SchemaOperation.Unreadable(2, "a loop", Set.of()));
    Expectation expectation = expectation(lock(Map.of(), List.of()), "a");
    assertThat(expectation.failures()).hasSize(1);
    assertThat(unaccounted(expectation)).isEmpty();
  }

  @Test
  void aChangeOfDataThatDidNotRunOwesNothing() {
    script("a");
    Expectation expectation = expectation(lock(Map.of(), List.of()), "a");
    assertThat(expectation.failures()).hasSize(1);
    assertThat(unaccounted(expectation)).isEmpty();
  }

  @Test
  void ofAScriptThatWasEditedSinceNobodyKnowsWhetherItRuns() {
    script("a", new SchemaOperation.Unreadable(1, "a loop", Set.of()));
    LockFile lock = lock(Map.of(), List.of());
    digests.put("a", ScriptDigest.of("edited".getBytes(StandardCharsets.UTF_8)));
    assertThat(expectation(lock, "a").failures()).isEmpty();
  }
}
