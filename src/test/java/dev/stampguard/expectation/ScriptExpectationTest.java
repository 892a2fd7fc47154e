package dev.stampguard.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.AddColumn;
import dev.stampguard.tool.SchemaOperation.AlterTable;
import dev.stampguard.tool.SchemaOperation.CreateTable;
import dev.stampguard.tool.SchemaOperation.Drop;
import dev.stampguard.tool.SchemaOperation.Unreadable;
import dev.stampguard.tool.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptExpectationTest {
  private final Map<String, List<SchemaOperation>> operations = new LinkedHashMap<>();
  private final List<Revision> revisions = new ArrayList<>();

  /** Adds a revision after the one added last. */
  private void revision(String id, SchemaOperation... done) {
    List<String> parents = revisions.isEmpty() ? List.of() : List.of(revisions.getLast().id());
    revisions.add(
        new Revision(id, "", id + ".py", 1, parents, List.of(), List.of(), Optional.empty()));
    operations.put(id, List.of(done));
  }

  private Expectation expectation() {
    return ScriptExpectation.of(
        new Scripts(RevisionGraph.of(revisions, List.of()), operations), "app");
  }

  private static QualifiedName name(String table) {
    return new QualifiedName(SchemaOperation.SEARCH_PATH, table);
  }

  private static CreateTable table(String table, String... columns) {
    return new CreateTable(1, name(table), false, List.of(columns), List.of(), List.of());
  }

  private static Drop dropTable(String table) {
    return new Drop(1, ObjectName.of(ObjectKind.TABLE, name(table)), false, false);
  }

  private static List<String> effects(Expectation expectation, String revision) {
    return expectation.revisions().get(revision).effects().stream()
        .map(e -> (e.after().isPresent() ? "+" : "-") + e.object())
        .toList();
  }

  @Test
  void givesTheNetEffectOfARevision() {
    revision("a", table("t", "x"), table("gone", "y"), dropTable("gone"));
    revision("b", dropTable("t"), table("t", "x", "z"));
    revision("c", dropTable("t"));
    Expectation expectation = expectation();
    assertThat(effects(expectation, "a")).containsExactly("+table app.t", "+column app.t.x");
    assertThat(effects(expectation, "b")).containsExactly("+column app.t.z");
    assertThat(effects(expectation, "c"))
        .containsExactly("-table app.t", "-column app.t.x", "-column app.t.z");
    assertThat(expectation.exact()).isTrue();
  }

  @Test
  void namesOneGapPerMissingRelationAndItsCreators() {
    revision("a", new AddColumn(4, name("users"), "x", false));
    revision("b", new AlterTable(5, name("users")), table("other"));
    revision("c", table("users", "x"));
    assertThat(expectation().gaps())
        .containsExactly(
            new ChainGap("a", 4, ObjectName.of(ObjectKind.TABLE, "app", "users"), List.of("c")));
    assertThat(effects(expectation(), "a")).containsExactly("+column app.users.x");
  }

  @Test
  void namesNoGapBehindWhatCouldNotBeRead() {
    revision("a", new Unreadable(3, "who knows", Set.of()));
    revision("b", new AlterTable(5, name("users")));
    Expectation expectation = expectation();
    assertThat(expectation.gaps()).isEmpty();
    assertThat(expectation.exact()).isFalse();
    assertThat(expectation.revisions().get("a").unread())
        .containsExactly(new RevisionExpectation.Unread(3, "who knows"));
    assertThat(expectation.revisions().get("b").exact()).isTrue();
  }

  @Test
  void whatAnUnreadPieceMentionsIsPossiblyTouched() {
    revision("a", table("t", "x"), table("u", "x", "y"));
    revision("b", new Unreadable(3, "a loop", Set.of("u", "x", "unknown")));
    assertThat(expectation().possiblyTouched())
        .isEqualTo(
            Map.of(
                "b",
                Set.of(
                    ObjectName.of(ObjectKind.TABLE, "app", "u"),
                    ObjectName.of(ObjectKind.COLUMN, "app", "t", "x"),
                    ObjectName.of(ObjectKind.COLUMN, "app", "u", "x"))));
  }

  @Test
  void whatWasNeverSeenIsDroppedWithoutEffect() {
    revision("a", new Drop(1, ObjectName.of(ObjectKind.TYPE, "", "t"), true, true));
    assertThat(effects(expectation(), "a")).isEmpty();
  }

  /** The revision that drops the table is then judged by what it took along, one by one. */
  @Test
  void whatWasInADroppedTableOfUnknownOriginStandsAlone() {
    revision("r1", new Unreadable(1, "a helper", Set.of()));
    revision("r2", new AddColumn(1, name("a"), "x", false));
    revision("r3", dropTable("a"));
    var expectation = expectation();
    assertThat(effects(expectation, "r3")).containsExactly("-column app.a.x");
    assertThat(expectation.revisions().get("r2").effects().getFirst().relation()).isPresent();
    assertThat(expectation.revisions().get("r3").effects().getFirst().relation()).isEmpty();
  }

  @Test
  void whatIsDroppedUnseenAndMadeAgainShowsNothing() {
    ObjectName column = ObjectName.inside(ObjectKind.COLUMN, name("a"), "x");
    var add = new AddColumn(2, name("a"), "x", false);
    revision("r1", new Unreadable(1, "a helper", Set.of()));
    revision("r2", new Drop(1, column, false, false), add);
    revision("r3", dropTable("b"), table("b", "y"));
    revision("r4", new AddColumn(1, name("b"), "z", false));
    revision("r5", dropTable("b"));
    var expectation = expectation();
    assertThat(effects(expectation, "r2")).isEmpty();
    assertThat(effects(expectation, "r3")).isEmpty();
    assertThat(effects(expectation, "r4")).containsExactly("+column app.b.z");
    assertThat(effects(expectation, "r5")).containsExactly("-column app.b.z");
    assertThat(expectation.revisions().get("r5").effects().getFirst().relation()).isEmpty();
  }

  @Test
  void whatSomebodyElseMadeIsThereUntilItIsDropped() {
    revision("r1", table("a", "x"));
    revision("r2", dropTable("legacy"));
    revision("r3", new AddColumn(1, name("a"), "y", false));
    assertThat(effects(expectation(), "r2")).containsExactly("-table app.legacy");
  }

  @Test
  void whatIsDroppedMayBeMadeAgainByWhatCouldNotBeRead() {
    revision("r1", table("a", "x"));
    revision("r2", dropTable("legacy"));
    revision("r3", new Unreadable(1, "a helper", Set.of()));
    assertThat(effects(expectation(), "r2")).isEmpty();
  }

  @Test
  void anExtensionThatIsDroppedMayBeInstalledAgainByAnybody() {
    revision("r1", new Drop(1, ObjectName.of(ObjectKind.EXTENSION, "citext"), false, false));
    assertThat(effects(expectation(), "r1")).isEmpty();
  }

  @Test
  void dropIfExistsBeforeCreatingHidesNothing() {
    revision(
        "r1",
        new Drop(1, ObjectName.of(ObjectKind.TABLE, name("a")), true, false),
        table("a", "x"));
    assertThat(effects(expectation(), "r1")).containsExactly("+table app.a", "+column app.a.x");
  }
}
