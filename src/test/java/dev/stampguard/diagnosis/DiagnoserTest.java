package dev.stampguard.diagnosis;

import static dev.stampguard.testing.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.World;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnoserTest {
  /** Four revisions in a row; the last one only adds a column. */
  private static World chain() {
    return new World()
        .revision("r1", "", "+a +a.id")
        .revision("r2", "r1", "+b +b.id")
        .revision("r3", "r2", "+c +c.id")
        .revision("r4", "r3", "+a.extra");
  }

  private static List<String> states(Diagnosis diagnosis) {
    return diagnosis.revisions().stream().map(r -> r.state().label()).toList();
  }

  private static List<FindingCode> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  private static Finding only(Diagnosis diagnosis, FindingCode code) {
    List<Finding> matching =
        diagnosis.findings().stream().filter(finding -> finding.code() == code).toList();
    assertThat(matching).as("%s in %s", code, diagnosis.findings()).hasSize(1);
    return matching.getFirst();
  }

  private static Optional<TrueState> exactly(String... heads) {
    return Optional.of(new TrueState(List.of(heads), List.of(heads), true));
  }

  @Test
  void everythingRecordedIsThere() {
    var diagnosis = chain().catalog("a a.id a.extra b b.id c c.id").ledger("r4").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(states(diagnosis)).containsOnly("applied");
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.extras()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r4"));
    assertThat(diagnosis.tables()).isEqualTo(4);
  }

  private static World dropped() {
    return new World().revision("r1", "", "+a +a.id +b +b.id").revision("r2", "r1", "-b -b.id");
  }

  @Test
  void aDroppedTableTellsOfEverythingThatWasInIt() {
    var diagnosis = dropped().catalog("a a.id").ledger("r2").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(states(diagnosis)).containsOnly("applied");
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r2"));
  }

  @Test
  void aTableNotYetDroppedIsAsBeforeWithEverythingInIt() {
    var recorded = dropped().catalog("a a.id b b.id").ledger("r2").diagnose();
    assertThat(states(recorded)).containsExactly("applied", "hollow");
    var pending = dropped().catalog("a a.id b b.id").ledger("r1").diagnose();
    assertThat(states(pending)).containsExactly("applied", "pending");
  }

  @Test
  void whatPendingRevisionsCreateAndDropAgainSaysNothing() {
    var world =
        new World()
            .revision("r1", "", "+a +a.id")
            .revision("r2", "r1", "+b +b.id +a.x")
            .revision("r3", "r2", "-b -b.id -a.x");
    var diagnosis = world.catalog("a a.id").ledger("r1").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(states(diagnosis)).containsExactly("applied", "pending", "pending");
    assertThat(diagnosis.findings()).isEmpty();
    // the ends differ by r2 and r3 together, which leave no trace between them
    assertThat(diagnosis.trueState().orElseThrow().lower()).containsExactly("r1");
  }

  @Test
  void anEmptyDatabaseIsBehindThoughTheScriptsDropWhatTheyCreate() {
    var diagnosis = dropped().withoutLedger().diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(states(diagnosis)).containsOnly("pending");
    assertThat(diagnosis.findings()).isEmpty();
  }

  @Test
  void aPendingRevisionThatDroppedWhatIsRecordedIsThere() {
    var diagnosis = dropped().catalog("a a.id").ledger("r1").diagnose();
    assertThat(diagnosis.revisions().getLast().state()).isEqualTo(RevisionState.UNRECORDED);
  }

  @Test
  void pendingIsNotDrift() {
    var diagnosis = chain().catalog("a a.id b b.id").ledger("r2").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(states(diagnosis)).containsExactly("applied", "applied", "pending", "pending");
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.revisions().getLast().missing()).isEmpty();
  }

  @Test
  void anEmptyDatabaseWithoutLedgerIsBehind() {
    var diagnosis = chain().withoutLedger().diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly());
  }

  @Test
  void aStampedSuffixIsHollowAndItsTablesAreNamedAlone() {
    var diagnosis = chain().catalog("a a.id").ledger("r4").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.INCONSISTENT);
    assertThat(states(diagnosis)).containsExactly("applied", "hollow", "hollow", "hollow");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG102);
    var finding = only(diagnosis, FindingCode.SG102);
    assertThat(finding.objects()).containsExactly(name("b"), name("c"), name("a.extra"));
    assertThat(finding.revisions()).containsExactly("r2", "r3", "r4");
    assertThat(finding.hint())
        .isEqualTo(
            "`stampguard repair` plans it, `stampguard repair --apply --yes` carries it out");
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void aHoleCannotBeAState() {
    var diagnosis = chain().catalog("a a.id a.extra c c.id").ledger("r4").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "hollow", "applied", "applied");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG103);
    assertThat(only(diagnosis, FindingCode.SG103).revisions()).containsExactly("r2");
    assertThat(diagnosis.trueState()).isEmpty();
  }

  @Test
  void twoHolesApartAreTwoFindings() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("r3", "r2", "+c")
            .revision("r4", "r3", "+d")
            .revision("r5", "r4", "+e")
            .catalog("a c e")
            .ledger("r5")
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG103, FindingCode.SG103);
    assertThat(diagnosis.findings())
        .extracting(Finding::revisions)
        .containsExactly(List.of("r2"), List.of("r4"));
  }

  @Test
  void nothingLeftIsOneFindingOverAll() {
    var diagnosis = chain().ledger("r4").diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG101);
    assertThat(only(diagnosis, FindingCode.SG101).revisions())
        .containsExactly("r1", "r2", "r3", "r4");
    assertThat(diagnosis.trueState()).isEqualTo(exactly());
  }

  @Test
  void someOfARevisionIsPartial() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a +b")
            .revision("r2", "r1", "+c")
            .catalog("a c")
            .ledger("r2")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("partial", "applied");
    assertThat(only(diagnosis, FindingCode.SG104).objects()).containsExactly(name("b"));
    assertThat(diagnosis.trueState()).isEmpty();
  }

  @Test
  void whatIsThereBeforeItIsRecordedIsUnrecorded() {
    var diagnosis = chain().catalog("a a.id b b.id c c.id").ledger("r2").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.INCONSISTENT);
    assertThat(states(diagnosis)).containsExactly("applied", "applied", "unrecorded", "pending");
    assertThat(only(diagnosis, FindingCode.SG107).objects()).containsExactly(name("c"));
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r3"));
  }

  @Test
  void aFullSchemaWithoutLedgerIsOneFinding() {
    var diagnosis = chain().catalog("a a.id a.extra b b.id c c.id").withoutLedger().diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG119);
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r4"));
  }

  @Test
  void anUnknownRevisionCannotBeAnswered() {
    var diagnosis = chain().catalog("a a.id b b.id").ledger("deadbeef").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG110);
    assertThat(only(diagnosis, FindingCode.SG110).revisions()).containsExactly("deadbeef");
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r2"));
  }

  @Test
  void extrasAreReportedAndNeverDisturb() {
    var diagnosis =
        chain()
            .catalog("a a.id a.extra a.mine b b.id c c.id legacy legacy.id")
            .ledger("r4")
            .diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(diagnosis.extras()).containsExactly(name("legacy"), name("a.mine"));
    var finding = only(diagnosis, FindingCode.SG112);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r4"));
  }

  @Test
  void aDropThatNeverRanLeavesItsObjectOver() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a +b")
            .revision("r2", "r1", "-b")
            .catalog("a b")
            .ledger("r2")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "hollow");
    assertThat(only(diagnosis, FindingCode.SG102).objects()).containsExactly(name("b"));
    assertThat(diagnosis.extras()).isEmpty();
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void whatLaterRevisionsDroppedIsNotMissed() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a +a.old +b")
            .revision("r2", "r1", "-a.old")
            .revision("r3", "r2", "-a")
            .catalog("b")
            .ledger("r3")
            .diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(states(diagnosis)).containsExactly("applied", "assumed", "applied");
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r3"));
  }

  @Test
  void aDroppedTableTakesItsColumnsAlongWithoutFindings() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a +a.id +b +b.id")
            .revision("r2", "r1", "-b")
            .catalog("a a.id")
            .ledger("r2")
            .diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(states(diagnosis)).containsExactly("applied", "applied");
  }

  @Test
  void aColumnDroppedFromAMissingTableProvesNothing() {
    var diagnosis =
        new World()
            .revision("r1", "", "+keep")
            .revision("r2", "r1", "+a +a.old")
            .revision("r3", "r2", "-a.old")
            .catalog("keep")
            .ledger("r3")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "hollow", "hollow");
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG102);
    assertThat(diagnosis.trueState()).isEqualTo(exactly("r1"));
  }

  @Test
  void createdDroppedAndCreatedAgain() {
    var world =
        new World()
            .revision("r1", "", "+keep +a")
            .revision("r2", "r1", "-a")
            .revision("r3", "r2", "+a")
            .ledger("r3");
    assertThat(world.catalog("keep").diagnose().trueState()).isEqualTo(exactly("r2"));
    var again = world.catalog("a").diagnose();
    assertThat(again.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(again.trueState()).contains(new TrueState(List.of("r1"), List.of("r3"), false));
  }

  @Test
  void revisionsWithoutTraceWidenTheInterval() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "")
            .revision("r3", "r2", "+b")
            .catalog("a")
            .ledger("r3")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "assumed", "hollow");
    assertThat(diagnosis.trueState()).contains(new TrueState(List.of("r1"), List.of("r2"), false));
  }

  @Test
  void branchesAreJudgedEachForItself() {
    var diagnosis =
        new World()
            .revision("base", "", "+a")
            .revision("left", "base", "+l")
            .revision("right", "base", "+r")
            .revision("merge", "left right", "+m")
            .catalog("a l")
            .ledger("merge")
            .diagnose();
    assertThat(only(diagnosis, FindingCode.SG102).revisions()).containsExactly("right", "merge");
    assertThat(diagnosis.trueState()).isEqualTo(exactly("left"));
  }

  @Test
  void dependenciesAreRecordedToo() {
    var diagnosis =
        new World()
            .revision("core", "", "+a")
            .revision("plugin", "", "core", "+p")
            .catalog("p")
            .ledger("plugin")
            .diagnose();
    assertThat(diagnosis.revisions())
        .filteredOn(revision -> revision.state() == RevisionState.HOLLOW)
        .extracting(revision -> revision.revision().id())
        .containsExactly("core");
    assertThat(codes(diagnosis)).contains(FindingCode.SG103);
  }

  @Test
  void severalHeadsAreAWarningAndSurplusRowsAnError() {
    var world =
        new World().revision("a", "", "+a").revision("b", "a", "+b").revision("c", "a", "+c");
    var two = world.catalog("a b c").ledger("b c").diagnose();
    assertThat(two.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(only(two, FindingCode.SG109).severity()).isEqualTo(Severity.WARNING);
    var surplus = world.ledger("a").diagnose();
    assertThat(surplus.verdict()).isEqualTo(Verdict.INCONSISTENT);
    assertThat(surplus.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::revisions)
        .containsExactly(List.of("a"));
  }

  @Test
  void aGapInTheChainIsAWarningAndAMissingParentIsUnknown() {
    var gap = chain().gap("r1", "users", "r3").catalog("a a.id a.extra b b.id c c.id").ledger("r4");
    assertThat(only(gap.diagnose(), FindingCode.SG111).detail())
        .contains("migrations/versions/r1.py:12", "table public.users", "`r3`");
    assertThat(gap.diagnose().verdict()).isEqualTo(Verdict.CONSISTENT);
    var orphaned = new World().revision("r1", "gone", "+a").catalog("a").ledger("r1").diagnose();
    assertThat(orphaned.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(orphaned, FindingCode.SG111).severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void whatAnUnreadPieceMayHaveDroppedIsNotMissed() {
    var world =
        new World()
            .revision("r1", "", "+a +b")
            .revision("r2", "r1", "~b +c")
            .catalog("a c")
            .ledger("r2");
    var diagnosis = world.diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(diagnosis.expectationExact()).isFalse();
    assertThat(states(diagnosis)).containsExactly("applied", "applied");
  }

  @Test
  void ledgersInOddPlaces() {
    var diagnosis =
        chain()
            .catalog("a a.id a.extra b b.id c c.id")
            .ledger("r4")
            .otherLedger("audit")
            .ledgerOffSearchPath()
            .diagnose();
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG117, FindingCode.SG117);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
  }

  @Test
  void anInvalidIndexIsAnError() {
    var diagnosis =
        chain()
            .catalog("a a.id a.extra b b.id c c.id")
            .ledger("r4")
            .invalidIndex("ix_a")
            .diagnose();
    assertThat(only(diagnosis, FindingCode.SG116).hint()).contains("public.ix_a");
    assertThat(only(diagnosis, FindingCode.SG116).revisions()).isEmpty();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.INCONSISTENT);
  }

  @Test
  void aForbiddenTargetDoesNotChangeTheVerdict() {
    var diagnosis =
        chain()
            .catalog("a a.id a.extra b b.id c c.id")
            .ledger("r4")
            .doubt(new TargetDoubt("wrong target", Severity.ERROR, "forbidden", "switch"))
            .diagnose();
    assertThat(only(diagnosis, FindingCode.SG118).severity()).isEqualTo(Severity.ERROR);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
  }

  @Test
  void acceptedDriftIsCountedAndAnAcceptanceWithoutDriftIsNamed() {
    var diagnosis =
        chain()
            .catalog("a a.id a.extra b b.id c c.id legacy")
            .ledger("r4")
            .accept("SG112", "table public.legacy", "old reports")
            .accept("SG112", "table public.gone", "was here")
            .diagnose();
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.extras()).isEmpty();
    assertThat(diagnosis.ignored())
        .containsExactly(new IgnoredObject(FindingCode.SG112, name("legacy"), "old reports"));
    assertThat(diagnosis.unusedAcceptances()).containsExactly("rule for table public.gone");
  }

  @Test
  void whatWasInATableThatMayBeDroppedIsNotMissedEither() {
    Diagnosis diagnosis =
        new World()
            .revision("a", "", "+t +t.c +u")
            .revision("b", "a", "~t")
            .catalog("u")
            .ledger("b")
            .diagnose();
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(diagnosis.trueState()).contains(new TrueState(List.of("a"), List.of("b"), false));
  }
}
