package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.Definition.Body;
import dev.stampguard.catalog.Definition.Canonical;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.lock.ScriptEdit.Meaning;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One revision, edited: what the lock has it do, and what a replay sees it do now. */
class ScriptEditsTest {
  private static final ObjectName EMAIL = NameText.object("column public.users.email");
  private static final ObjectName PHONE = NameText.object("column public.users.phone");
  private static final ObjectName VIEW = NameText.object("view public.all_users");

  private static Effect effect(
      ObjectName object, Optional<Definition> before, Optional<Definition> after) {
    return new Effect(object, LockedName.relationIn(object), before, after);
  }

  private static Effect makes(ObjectName object, String text) {
    return effect(object, Optional.empty(), Optional.of(new Canonical(text)));
  }

  private static Effect alters(ObjectName object, String from, String to) {
    return effect(object, Optional.of(new Canonical(from)), Optional.of(new Canonical(to)));
  }

  private static Effect view(int major, String body) {
    return effect(
        VIEW,
        Optional.empty(),
        Optional.of(new Canonical("view", Optional.of(new Body(major, body)))));
  }

  private static Expectation expectation(Effect... effects) {
    var expected = new RevisionExpectation("a", Arrays.asList(effects), true, List.of());
    return new Expectation(Expectation.Source.REPLAY, Map.of("a", expected), List.of(), Map.of());
  }

  private static final Expectation NOT_REPLAYED =
      new Expectation(Expectation.Source.REPLAY, Map.of(), List.of(), Map.of());

  private static ScriptDigest script(String text) {
    return ScriptDigest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ScriptEdit edit(Expectation then, Expectation now) {
    var revision =
        new Revision("a", "", "a.py", 3, List.of(), List.of(), List.of(), Optional.empty());
    var graph = RevisionGraph.of(List.of(revision), List.of());
    LockFile lock = LockFile.of("alembic", 18, "public", graph, then, Map.of("a", script("then")));
    LockDrift drift = LockDrift.between(lock, graph, Map.of("a", script("now")));
    List<ScriptEdit> edits = ScriptEdits.of(lock, drift, now);
    assertThat(edits).hasSize(1);
    return edits.getFirst();
  }

  private static ScriptEdit cosmetic() {
    return new ScriptEdit("a", Meaning.COSMETIC, List.of());
  }

  private static ScriptEdit unknown() {
    return new ScriptEdit("a", Meaning.UNKNOWN, List.of());
  }

  private static ScriptEdit real(ObjectName... objects) {
    return new ScriptEdit("a", Meaning.REAL, List.of(objects));
  }

  @Test
  void theSameEffectsInAnotherOrderAreCosmetic() {
    Effect email = makes(EMAIL, "text");
    Effect phone = makes(PHONE, "text");
    assertThat(edit(expectation(email, phone), expectation(phone, email))).isEqualTo(cosmetic());
  }

  @Test
  void whatNoLongerLeavesAnythingIsCosmetic() {
    Effect passing = effect(PHONE, Optional.empty(), Optional.empty());
    assertThat(edit(expectation(), expectation(passing))).isEqualTo(cosmetic());
  }

  @Test
  void whatTheRevisionFoundIsNotItsOwnDoing() {
    assertThat(
            edit(
                expectation(alters(EMAIL, "text", "citext")),
                expectation(alters(EMAIL, "character varying(9)", "citext"))))
        .isEqualTo(cosmetic());
  }

  @Test
  void anotherDefinitionIsReal() {
    assertThat(
            edit(
                expectation(makes(EMAIL, "text"), makes(PHONE, "text")),
                expectation(makes(EMAIL, "citext"), makes(PHONE, "text"))))
        .isEqualTo(real(EMAIL));
  }

  @Test
  void anObjectMoreOrLessIsReal() {
    assertThat(edit(expectation(makes(PHONE, "text")), expectation(makes(EMAIL, "text"))))
        .isEqualTo(real(EMAIL, PHONE));
  }

  @Test
  void aDropInsteadOfAnAlterationIsReal() {
    Effect drop = effect(EMAIL, Optional.of(new Canonical("text")), Optional.empty());
    assertThat(edit(expectation(alters(EMAIL, "text", "citext")), expectation(drop)))
        .isEqualTo(real(EMAIL));
  }

  @Test
  void aRevisionThatDidNotRunIsUnknown() {
    assertThat(edit(expectation(makes(EMAIL, "text")), NOT_REPLAYED)).isEqualTo(unknown());
    assertThat(edit(NOT_REPLAYED, expectation(makes(EMAIL, "text")))).isEqualTo(unknown());
  }

  @Test
  void bodiesOfDifferentMajorsProveNothing() {
    assertThat(edit(expectation(view(15, "SELECT u.id")), expectation(view(18, "SELECT id"))))
        .isEqualTo(unknown());
    assertThat(edit(expectation(view(18, "SELECT id")), expectation(view(18, "SELECT id"))))
        .isEqualTo(cosmetic());
  }

  @Test
  void aDifferenceCountsAlsoBesideWhatDoesNotCompare() {
    assertThat(
            edit(
                expectation(view(15, "SELECT u.id"), makes(EMAIL, "text")),
                expectation(view(18, "SELECT id"), makes(EMAIL, "citext"))))
        .isEqualTo(real(EMAIL));
  }
}
