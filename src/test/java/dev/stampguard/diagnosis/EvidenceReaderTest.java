package dev.stampguard.diagnosis;

import static dev.stampguard.testing.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.World;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What objects in one form or another say of the revisions that wrote them. */
class EvidenceReaderTest {
  private static List<String> states(Diagnosis diagnosis) {
    return diagnosis.revisions().stream().map(r -> r.state().label()).toList();
  }

  private static List<FindingCode> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  private static Optional<TrueState> exactly(String... heads) {
    return Optional.of(TrueState.between(List.of(heads), List.of(heads)));
  }

  /** A column that two revisions do nothing but alter. */
  private static World widened() {
    return new World()
        .revision("r1", "", "+t +t.c:integer")
        .revision("r2", "r1", "=t.c:bigint")
        .revision("r3", "r2", "=t.c:numeric")
        .ledger("r3");
  }

  @Test
  void alterationsThatAllRanAreSeenInTheLastOne() {
    var diagnosis = widened().catalog("t t.c:numeric").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "assumed", "applied");
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r3"));
  }

  @Test
  void alterationsThatNeverRanAreHollowAndTheLastOneOwesTheObject() {
    var diagnosis = widened().catalog("t t.c:integer").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "hollow", "hollow");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG102);
    assertThat(diagnosis.revisions().get(1).different()).isEmpty();
    assertThat(diagnosis.revisions().get(2).different()).containsExactly(name("t.c"));
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void oneOfTwoAlterationsRan() {
    var diagnosis = widened().catalog("t t.c:bigint").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "applied", "hollow");
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r2"));
  }

  @Test
  void aFormThatNobodyMadeIsChargedToTheLastRecordedWriterAlone() {
    var diagnosis = widened().revision("r4", "r3", "=t.c:text").catalog("t t.c:money").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "assumed", "altered", "pending");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG105);
    assertThat(diagnosis.trueState()).isEmpty();
  }

  @Test
  void anAlteredColumnIsMissedAtTheRevisionThatCreatedIt() {
    var diagnosis = widened().catalog("t").diagnose();
    assertThat(states(diagnosis)).containsExactly("partial", "assumed", "assumed");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG104);
    assertThat(diagnosis.findings().getFirst().objects()).containsExactly(name("t.c"));
  }

  @Test
  void alterationsOfWhatWasNeverCreatedAreHollowAsWell() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t")
            .revision("r2", "r1", "+t.c:integer")
            .revision("r3", "r2", "=t.c:bigint")
            .catalog("t")
            .ledger("r3")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "hollow", "hollow");
    assertThat(diagnosis.revisions().get(1).missing()).containsExactly(name("t.c"));
    assertThat(diagnosis.revisions().get(2).missing()).isEmpty();
    assertThat(diagnosis.findings().getFirst().revisions()).containsExactly("r2", "r3");
  }

  @Test
  void whatAPendingRevisionMadeOfAnObjectShowsThatBothRan() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +t.c:integer")
            .revision("r2", "r1", "=t.c:bigint")
            .catalog("t t.c:bigint")
            .ledger("r1")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "unrecorded");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG107);
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r2"));
  }

  @Test
  void aTableRenamedAheadOfTheLedgerIsNotAReset() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +t.c:integer")
            .revision("r2", "r1", "-t +u +u.c:integer")
            .catalog("u u.c:integer")
            .ledger("r1")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "unrecorded");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG107);
  }

  @Test
  void whatLaterRevisionsPutIntoAMissingTableGoesWithTheTable() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +u")
            .revision("r2", "r1", "+v")
            .revision("r3", "r2", "+t.c:integer")
            .catalog("u v")
            .ledger("r3")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("partial", "applied", "hollow");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG104);
    assertThat(diagnosis.findings().getFirst().revisions()).containsExactly("r1", "r3");
    assertThat(diagnosis.findings().getFirst().objects()).containsExactly(name("t"));
  }

  @Test
  void whatIsMissingIsToldApartFromWhatIsAltered() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +t.a:integer +t.b:integer")
            .catalog("t t.a:text")
            .ledger("r1")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG104, FindingCode.SG105);
    assertThat(diagnosis.findings().get(0).objects()).containsExactly(name("t.b"));
    assertThat(diagnosis.findings().get(1).objects()).containsExactly(name("t.a"));
  }

  @Test
  void aDroppedAndRecreatedObjectDoesNotMakeAnotherRevisionHollow() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t")
            .revision("r2", "r1", "+e")
            .revision("r3", "r2", "-t +u")
            .catalog("e")
            .ledger("r3")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("assumed", "applied", "partial");
  }

  @Test
  void aFunctionThatSomebodyChangedIsAlteredAndNotSomebodyElses() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t")
            .revision("r2", "r1", "+f():one")
            .catalog("t f():two")
            .ledger("r2")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "altered");
    assertThat(diagnosis.trueState()).isEmpty();
  }

  @Test
  void aFunctionShowsThatItsRecordedRevisionRan() {
    var diagnosis =
        new World().revision("r1", "", "+f():one +t").catalog("f():one").ledger("r1").diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG101);
    assertThat(states(diagnosis)).containsExactly("partial");
    assertThat(diagnosis.trueState()).isEmpty();
  }

  @Test
  void aFunctionDoesNotShowThatAPendingRevisionRan() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t")
            .revision("r2", "r1", "+f():one +u")
            .catalog("t f():another")
            .ledger("r1")
            .diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void aTableInTheWayOfAPendingRevisionIsAheadOfTheLedger() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t")
            .revision("r2", "r1", "+u:table")
            .catalog("t u:partitioned")
            .ledger("r1")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "half-applied");
    assertThat(diagnosis.findings().getFirst().objects()).containsExactly(name("u"));
  }

  @Test
  void bodiesOfAnotherMajorAreNoErrorAndNoProof() {
    var world =
        new World().revision("r1", "", "+t").revision("r2", "r1", "+v:select_t.id@15").ledger("r2");
    var elsewhere = world.catalog("t v:select_id@18").diagnose();
    assertThat(elsewhere.findings()).isEmpty();
    assertThat(elsewhere.revisions())
        .extracting(RevisionDiagnosis::exact)
        .containsExactly(true, false);
    var rewritten =
        new World()
            .revision("r1", "", "+v:select_1@18")
            .revision("r2", "r1", "=v:select_2@18")
            .catalog("v:select_3@14")
            .ledger("r2")
            .diagnose();
    assertThat(rewritten.findings()).isEmpty();
  }

  @Test
  void anAlteredBodyOfTheSameMajorIsAnError() {
    var diagnosis =
        new World().revision("r1", "", "+v:select_1@18").catalog("v:select_2@18").ledger("r1");
    assertThat(codes(diagnosis.diagnose())).containsExactly(FindingCode.SG105);
  }

  @Test
  void aTableLeftUnderItsOldNameIsNotAReset() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t:table")
            .revision("r2", "r1", "-t +u:table")
            .catalog("t:protected")
            .ledger("r2")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG104, FindingCode.SG105);
    assertThat(states(diagnosis)).containsExactly("assumed", "altered");
  }

  @Test
  void aColumnThatWentWithItsTableDoesNotShowThatAPendingDropRan() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +t.c:integer +u")
            .revision("r2", "r1", "-t.c")
            .catalog("u")
            .ledger("r1")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("partial", "pending");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG104);
  }

  /** The last revision drops a table that somebody made by hand. */
  private static World dropping() {
    return new World().revision("r1", "", "+t").revision("r2", "r1", "-legacy");
  }

  @Test
  void whatSomebodyElseMadeShowsThatItWasNotDropped() {
    var diagnosis = dropping().catalog("t legacy legacy.c").ledger("r1").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "pending");
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.extras()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void whatShouldHaveBeenDroppedIsLeftOver() {
    var diagnosis = dropping().catalog("t legacy legacy.c").ledger("r2").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "hollow");
    assertThat(diagnosis.revisions().get(1).different()).containsExactly(name("legacy"));
    assertThat(diagnosis.extras()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void thatItIsNotThereSaysNothing() {
    var between = Optional.of(TrueState.between(List.of("r1"), List.of("r2")));
    var pending = dropping().catalog("t").ledger("r1").diagnose();
    assertThat(states(pending)).containsExactly("applied", "pending");
    assertThat(pending.findings()).isEmpty();
    assertThat(pending.trueState()).isEqualTo(between);
    var recorded = dropping().catalog("t").ledger("r2").diagnose();
    assertThat(states(recorded)).containsExactly("applied", "assumed");
    assertThat(recorded.findings()).isEmpty();
    assertThat(recorded.trueState()).isEqualTo(between);
  }
}
