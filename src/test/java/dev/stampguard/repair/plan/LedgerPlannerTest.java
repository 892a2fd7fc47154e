package dev.stampguard.repair.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.repair.Hazard;
import dev.stampguard.testing.World;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.Scripts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LedgerPlannerTest {
  /** {@code d} changes only data. */
  private static World chain() {
    return new World()
        .revision("r1", "", "+a")
        .revision("r2", "r1", "+b")
        .revision("d", "r2", "")
        .revision("r3", "d", "+c");
  }

  private static LedgerPlanner planner(World world, Decisions decisions, String... idle) {
    var scripts = new Scripts(world.graph(), Map.of(), Set.of(idle));
    return new LedgerPlanner(scripts, world.diagnose(), decisions, "version_num");
  }

  private static LedgerPlanner planner(World world) {
    return planner(world, Decisions.NONE);
  }

  private static Decisions assume(String... ids) {
    return new Decisions(Set.of(ids), Set.of());
  }

  private static Decisions run(String... ids) {
    return new Decisions(Set.of(), Set.of(ids));
  }

  private static List<String> steps(PlanDraft draft) {
    return draft.steps().stream()
        .map(PlanDraft.Step::step)
        .map(
            step ->
                step instanceof RepairStep.RunRevision run
                    ? "run " + run.revision()
                    : step.sql().orElseThrow())
        .toList();
  }

  @Test
  void aHollowSuffixIsStampedBackAndRunAgain() {
    PlanDraft draft = planner(chain().catalog("a").ledger("r3")).restamp();

    assertThat(steps(draft))
        .containsExactly(
            "DELETE FROM public.alembic_version; INSERT INTO public.alembic_version (version_num)"
                + " VALUES ('r1');",
            "run r2",
            "run d",
            "run r3");
    assertThat(draft.undecided()).isEmpty();
    assertThat(draft.ends()).containsExactly(FindingCode.SG102);
    assertThat(draft.steps())
        .extracting(PlanDraft.Step::reason)
        .containsOnly(Optional.of(FindingCode.SG102));
    assertThat(draft.steps().getFirst().step().inverse())
        .contains(
            "DELETE FROM public.alembic_version; INSERT INTO public.alembic_version (version_num)"
                + " VALUES ('r3');");
  }

  @Test
  void aRowThatNoScriptHereDefinesIsForgottenOnlyWhenThatIsAllowed() {
    World unknown = chain().catalog("a").ledger("x");
    assertThat(planner(unknown).restamp().steps().getFirst().hazards())
        .containsExactly(Hazard.FORGETS_UNKNOWN_REVISION);
    World known = chain().catalog("a").ledger("r3");
    assertThat(planner(known).restamp().steps().getFirst().hazards()).isEmpty();
  }

  @Test
  void aResetIsStampedToBase() {
    PlanDraft draft = planner(chain().catalog("x").ledger("r3")).restamp();
    assertThat(steps(draft))
        .containsExactly(
            "DELETE FROM public.alembic_version;", "run r1", "run r2", "run d", "run r3");
  }

  @Test
  void aLedgerThatIsBehindIsStampedForwardAndNothingRuns() {
    World world = chain().catalog("a b c").ledger("d");
    PlanDraft draft = planner(world).restamp();
    assertThat(draft.undecided()).isEmpty();
    assertThat(steps(draft)).singleElement().asString().endsWith("VALUES ('r3');");
  }

  @Test
  void overDataThatNoLedgerClaimsNobodyStampsUnasked() {
    for (World world :
        List.of(
            chain().catalog("a b c").ledger("r1"),
            chain().catalog("a b c"),
            chain().catalog("a b c").ledger("of_another_branch"))) {
      assertThat(planner(world).restamp().undecided()).containsExactly("d");

      PlanDraft ran = planner(world, assume("d")).restamp();
      assertThat(ran.undecided()).isEmpty();
      assertThat(steps(ran)).singleElement().asString().endsWith("VALUES ('r3');");

      PlanDraft not = planner(world, run("d")).restamp();
      assertThat(not.undecided()).isEmpty();
      assertThat(steps(not)).hasSize(2).last().isEqualTo("run d");
      assertThat(steps(not).getFirst()).endsWith("VALUES ('r3');");
      assertThat(not.steps().getLast().step())
          .isInstanceOfSatisfying(
              RepairStep.RunRevision.class, step -> assertThat(step.recorded()).isFalse());

      assertThat(planner(world, Decisions.NONE, "d").restamp().undecided()).isEmpty();
    }
  }

  @Test
  void whatLaterRevisionsCoverIsNoQuestionOfData() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("r3", "r2", "-b")
            .revision("r4", "r3", "+c")
            .catalog("a c");
    var name = ObjectName.of(ObjectKind.TABLE, "public", "b");
    var scripts =
        new Scripts(
            world.graph(),
            Map.of(
                "r2", List.of(new SchemaOperation.CreateObject(1, name, false)),
                "r3", List.of(new SchemaOperation.Drop(1, name, false, false))));
    PlanDraft draft =
        new LedgerPlanner(scripts, world.diagnose(), Decisions.NONE, "version_num").restamp();
    assertThat(draft.undecided()).isEmpty();
    assertThat(steps(draft)).singleElement().asString().endsWith("VALUES ('r4');");
  }

  @Test
  void anEmptyLedgerIsBaselinedAndNothingRuns() {
    PlanDraft draft = planner(chain().catalog("a")).restamp();
    assertThat(steps(draft)).singleElement().asString().endsWith("VALUES ('r1');");
  }

  @Test
  void aLedgerThatIsNotThereIsMadeFirst() {
    PlanDraft draft = planner(chain().catalog("a").withoutLedger()).restamp();
    assertThat(steps(draft))
        .containsExactly(
            "CREATE TABLE public.alembic_version (version_num VARCHAR(32) NOT NULL,"
                + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));"
                + " DELETE FROM public.alembic_version; INSERT INTO public.alembic_version"
                + " (version_num) VALUES ('r1');");
    assertThat(draft.steps().getFirst().step().inverse())
        .contains("DROP TABLE public.alembic_version;");
  }

  @Test
  void whereDataAloneDecidesSomebodyIsAsked() {
    World world = chain().catalog("a b").ledger("r3");
    assertThat(planner(world).restamp().undecided()).containsExactly("d");

    PlanDraft ran = planner(world, assume("d")).restamp();
    assertThat(ran.undecided()).isEmpty();
    assertThat(steps(ran)).hasSize(2).last().isEqualTo("run r3");
    assertThat(steps(ran).getFirst()).endsWith("VALUES ('d');");

    PlanDraft not = planner(world, run("d")).restamp();
    assertThat(not.undecided()).isEmpty();
    assertThat(steps(not)).containsSubsequence("run d", "run r3");
  }

  @Test
  void whatDoesNothingIsNoQuestion() {
    PlanDraft draft = planner(chain().catalog("a b").ledger("r3"), Decisions.NONE, "d").restamp();
    assertThat(draft.undecided()).isEmpty();
    assertThat(steps(draft).getFirst()).endsWith("VALUES ('d');");
  }

  @Test
  void aRevisionCannotCountAsAppliedBehindOneThatRuns() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("d1", "r1", "")
            .revision("d2", "d1", "")
            .revision("r2", "d2", "+b")
            .catalog("a")
            .ledger("r2");
    var decisions = new Decisions(Set.of("d2"), Set.of("d1"));
    assertThatThrownBy(() -> planner(world, decisions).restamp())
        .isInstanceOf(StampguardException.class)
        .hasMessageContaining("`d2` cannot count as applied while `d1`");
  }

  @Test
  void aHoleIsFilledInOrderAndTheLedgerIsLeftAlone() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("r3", "r2", "+c")
            .revision("r4", "r3", "+d")
            .catalog("a d")
            .ledger("r4");
    PlanDraft draft = planner(world).missing();
    assertThat(steps(draft)).containsExactly("run r2", "run r3");
    assertThat(draft.steps())
        .allMatch(step -> step.step() instanceof RepairStep.RunRevision run && !run.recorded());
  }

  @Test
  void ofARevisionBesideAHoleNobodyCanTellWhetherItRan() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("d", "r2", "")
            .revision("r3", "d", "+c")
            .revision("e", "r3", "")
            .revision("r4", "e", "+f")
            .catalog("a c f")
            .ledger("r4");
    assertThat(planner(world).missing().undecided()).containsExactly("d");
    assertThat(steps(planner(world, run("d")).missing())).containsExactly("run r2", "run d");
    assertThat(steps(planner(world, assume("d")).missing())).containsExactly("run r2");
    assertThat(planner(world, Decisions.NONE, "d").missing().undecided()).isEmpty();
  }

  /** Another application's, or another branch's, even where a merge brings both together. */
  @Test
  void whatAnotherBranchDidIsNoQuestion() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("left", "r1", "+b")
            .revision("left_data", "left", "")
            .revision("right", "r1", "+c")
            .revision("right_data", "right", "")
            .revision("other", "", "")
            .revision("merge", "left_data right_data", "")
            .catalog("a c")
            .ledger("merge other");

    assertThat(planner(world, Decisions.NONE, "merge").missing().undecided()).isEmpty();
    assertThat(steps(planner(world, Decisions.NONE, "merge").missing()))
        .containsExactly("run left", "run left_data");
    assertThat(planner(world, Decisions.NONE, "merge").restamp().undecided()).isEmpty();
  }

  @Test
  void whatCannotHaveRunIsRunAlong() {
    PlanDraft draft = planner(chain().catalog("a").ledger("r3")).missing();
    assertThat(steps(draft)).containsExactly("run r2", "run d", "run r3");
    assertThat(draft.undecided()).isEmpty();
    assertThat(planner(chain().catalog("a").ledger("r3")).dataLeftOut()).containsExactly("d");
  }

  @Test
  void whatTheLedgerHasAsRunIsNotRunAgainWithoutAWord() {
    World world = chain().catalog("a").ledger("r3");
    for (PlanDraft draft : List.of(planner(world).restamp(), planner(world).missing())) {
      assertThat(remarks(draft)).containsOnlyKeys("d");
      assertThat(remarks(draft).get("d"))
          .startsWith("the ledger has `d` as run and nothing in the database tells whether it did");
    }
    assertThat(remarks(planner(world, run("d")).restamp())).isEmpty();
    assertThat(remarks(planner(world, Decisions.NONE, "d").restamp())).isEmpty();
    assertThat(steps(planner(world, assume("d")).missing())).containsExactly("run r2", "run r3");
  }

  @Test
  void whereNoTableHasRowsNothingIsDoneTwice() {
    assertThat(remarks(planner(chain().ledger("r3")).restamp())).isEmpty();
    assertThat(remarks(planner(chain().catalog("x").ledger("r3")).restamp())).containsKey("d");
  }

  @Test
  void whatCameTooLateSaysNothingOfDataThatIsRecordedAfterIt() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("late", "r1", "+b")
            .revision("d", "late", "")
            .catalog("a")
            .ledger("r1 d")
            .late("late");
    assertThat(steps(planner(world).missing())).containsExactly("run late");
    assertThat(planner(world).dataLeftOut()).isEmpty();
  }

  private static Map<String, String> remarks(PlanDraft draft) {
    return draft.steps().stream()
        .map(PlanDraft.Step::step)
        .filter(RepairStep.RunRevision.class::isInstance)
        .map(RepairStep.RunRevision.class::cast)
        .filter(step -> step.remark().isPresent())
        .collect(
            Collectors.toMap(
                RepairStep.RunRevision::revision, step -> step.remark().orElseThrow()));
  }

  @Test
  void aDecisionAboutARevisionThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> planner(chain().catalog("a").ledger("r3"), run("nope")))
        .hasMessageContaining("`--run nope` names no revision");
  }

  @Test
  void rowsThatOthersImplyGoAndNothingElseChanges() {
    World world = chain().revision("e", "r3", "").catalog("a b c").ledger("r2 e");
    PlanDraft draft = planner(world).restamp();
    assertThat(steps(draft)).singleElement().asString().endsWith("VALUES ('e');");
    assertThat(draft.undecided()).isEmpty();
    assertThat(draft.ends()).containsExactly(FindingCode.SG109);
  }

  @Test
  void aHoleIsFilledWhereTheLedgerHasRowsThatOthersImply() {
    World world = chain().catalog("a c").ledger("r2 r3");
    assertThat(planner(world, assume("d")).missing().ends()).containsExactly(FindingCode.SG103);
  }
}
