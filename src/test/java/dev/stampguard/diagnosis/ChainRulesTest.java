package dev.stampguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.expectation.Expectation.Source;
import dev.stampguard.testing.World;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.GraphProblem.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When scripts that cannot be read or run leave the question open, and when they do not. */
class ChainRulesTest {
  private static final String BROKE = "cannot be run in a scratch database: `r2.py:3`: no tenants";

  private static List<FindingCode> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  /** Three revisions, all recorded, of which the second one is as the effects say. */
  private static World around(String effects) {
    return new World()
        .revision("r1", "", "+a")
        .revision("r2", "r1", effects)
        .revision("r3", "r2", "+c")
        .ledger("r3")
        .source(Source.REPLAY);
  }

  private static World with(Kind kind, String... revisions) {
    return new World()
        .revision("r1", "", "+a")
        .revision("r2", "r1", "+b")
        .problem(new GraphProblem(kind, "it is so", "x.py", 3, List.of(revisions)));
  }

  @Test
  void aRevisionThatCannotRunAndTellsNothingLeavesTheQuestionOpen() {
    var diagnosis = around("?").failure("r2", BROKE).catalog("a c").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG111);
    Finding finding = diagnosis.findings().getFirst();
    assertThat(finding.isObstacle()).isTrue();
    assertThat(finding.revisions()).containsExactly("r2");
    assertThat(finding.detail())
        .isEqualTo(
            "migrations/versions/r2.py:9: `r2` (does r2) cannot be run in a scratch database:"
                + " `r2.py:3`: no tenants. Its script does not tell either what it leaves behind"
                + " (line 9: a loop).");
    assertThat(finding.hint()).contains("`stampguard diagnose --reference DATABASE`");
  }

  @Test
  void ofALockFileItIsTheSnapshotThatSaysWhy() {
    var diagnosis =
        around("?").source(Source.LOCK).failure("r2", "could not be run").catalog("a c").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.findings().getFirst().hint()).contains("`stampguard snapshot`");
  }

  @Test
  void itIsUnknownEvenWhereSomethingElseIsProvenWrong() {
    var diagnosis = around("?").failure("r2", BROKE).catalog("c").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG103, FindingCode.SG111);
  }

  @Test
  void whatIsKnownOfItIsEnoughToJudgeItBy() {
    var diagnosis = around("+b ?").failure("r2", BROKE).catalog("a b c").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.expectationExact()).isFalse();
  }

  @Test
  void aChangeOfDataThatCannotRunHereIsAssumed() {
    var diagnosis = around("").failure("r2", BROKE).catalog("a c").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(diagnosis.revisions().get(1).state()).isEqualTo(RevisionState.ASSUMED);
  }

  @Test
  void whatWasNeverRunIsJudgedAsFarAsItReads() {
    assertThat(around("?").source(Source.SCRIPTS).catalog("a c").diagnose().verdict())
        .isEqualTo(Verdict.CONSISTENT);
    var behindAFailure = around("?").failure("r1", BROKE).catalog("a c").diagnose();
    assertThat(behindAFailure.verdict()).isEqualTo(Verdict.CONSISTENT);
  }

  @Test
  void aRevisionThatIsNotRecordedOwesNothingYet() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "?")
            .failure("r2", BROKE)
            .source(Source.REPLAY)
            .catalog("a")
            .ledger("r1")
            .diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(diagnosis.findings()).isEmpty();
  }

  @Test
  void aGapAndWhatFollowsFromItAreOneFinding() {
    var diagnosis =
        around("?").gap("r2", "users", "").failure("r2", BROKE).catalog("a c").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG111);
    assertThat(diagnosis.findings().getFirst().detail())
        .contains("needs `table public.users`", "does not tell either");
  }

  @Test
  void whereNothingIsSeenOfAnyRevisionUnreadScriptsLeaveTheQuestionOpen() {
    var diagnosis =
        new World().revision("r1", "", "?").revision("r2", "r1", "?").ledger("r2").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG111);
    Finding finding = diagnosis.findings().getFirst();
    assertThat(finding.revisions()).containsExactly("r1", "r2");
    assertThat(finding.detail())
        .startsWith("migrations/versions/r1.py:9: What `r1` (does r1) leaves behind")
        .endsWith("It is the same with 1 other revision: `r2`.");
    assertThat(finding.hint()).contains("`stampguard diagnose --scratch auto`");
  }

  @Test
  void aScriptThatNobodyCanLoadLeavesOpenWhatIsPending() {
    for (Kind kind : Kind.values()) {
      var diagnosis = with(kind).catalog("a b").ledger("r2").diagnose();
      assertThat(diagnosis.verdict()).as("%s", kind).isEqualTo(Verdict.UNKNOWN);
      Finding finding = diagnosis.findings().getFirst();
      assertThat(finding.isObstacle()).isTrue();
      assertThat(finding.title()).contains("`x.py:3`");
      assertThat(finding.detail()).startsWith("x.py:3: it is so. ");
      assertThat(finding.hint()).contains("`stampguard check`");
    }
  }

  @Test
  void whatIsProvenWrongBesideItStaysProven() {
    var diagnosis = with(Kind.UNREADABLE_SCRIPT).catalog("a").ledger("r2").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.INCONSISTENT);
    assertThat(codes(diagnosis)).containsExactly(FindingCode.SG102, FindingCode.SG111);
  }

  @Test
  void aBrokenHistoryOfARecordedRevisionLeavesEverythingOpen() {
    var diagnosis = with(Kind.MISSING_PARENT, "r2").catalog("a").ledger("r2").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatIsNotRecordedIsNotToldWhereTheRecordedHistoryIsBroken() {
    var diagnosis =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("r4", "r3", "+d")
            .catalog("a b d")
            .ledger("r4")
            .diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(codes(diagnosis)).contains(FindingCode.SG111).doesNotContain(FindingCode.SG107);
  }
}
