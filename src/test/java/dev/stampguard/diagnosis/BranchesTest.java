package dev.stampguard.diagnosis;

import static dev.stampguard.testing.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writers on branches: what they leave is known for one order of them only. */
class BranchesTest {
  /** Both branches alter a column, and each adds one of its own. */
  private static World branched() {
    return new World()
        .revision("r1", "", "+t +t.c:v10")
        .revision("r2", "r1", "=t.c:v20 +t.a:text")
        .revision("r3", "r1", "=t.c:v20_NOT_NULL +t.b:text");
  }

  private static List<String> states(Diagnosis diagnosis) {
    return diagnosis.revisions().stream().map(r -> r.state().label()).toList();
  }

  private static List<Boolean> exact(Diagnosis diagnosis) {
    return diagnosis.revisions().stream().map(RevisionDiagnosis::exact).toList();
  }

  @Test
  void whatOneOfThemLeavesByItselfIsNotKnown() {
    var diagnosis = branched().catalog("t t.c:v10_NOT_NULL t.b:text").ledger("r3").diagnose();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(diagnosis.findings()).extracting(Finding::code).containsOnly(FindingCode.SG109);
    assertThat(states(diagnosis)).containsExactly("applied", "pending", "applied");
    assertThat(exact(diagnosis)).containsExactly(true, true, false);
    assertThat(diagnosis.trueState()).contains(TrueState.between(List.of("r3"), List.of("r3")));
  }

  @Test
  void theOneThatRanFirstInTheReplayIsKnown() {
    var diagnosis = branched().catalog("t t.c:v10_NULL t.a:text").ledger("r2").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "altered", "pending");
    assertThat(diagnosis.revisions().get(1).different()).containsExactly(name("t.c"));
  }

  @Test
  void whatIsAsBeforeBothWasNotDone() {
    var diagnosis = branched().catalog("t t.c:v10 t.b:text").ledger("r3").diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "pending", "partial");
    assertThat(diagnosis.revisions().get(2).different()).containsExactly(name("t.c"));
  }

  @Test
  void bothMayHaveRunTheOtherWayRound() {
    var diagnosis =
        new World()
            .revision("r1", "", "+t +t.c:default_0")
            .revision("r2", "r1", "=t.c:default_1 +t.a:text")
            .revision("r3", "r1", "=t.c:default_2 +t.b:text")
            .revision("r4", "r2 r3", "")
            .catalog("t t.c:default_1 t.a:text t.b:text")
            .ledger("r4")
            .diagnose();
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(states(diagnosis)).containsExactly("applied", "applied", "applied", "assumed");
    assertThat(exact(diagnosis)).containsExactly(true, true, false, true);
  }

  @Test
  void aWriterAfterBothSettlesIt() {
    var diagnosis =
        branched()
            .revision("r4", "r2 r3", "=t.c:text")
            .catalog("t t.c:money t.a:text t.b:text")
            .ledger("r4")
            .diagnose();
    assertThat(states(diagnosis)).containsExactly("applied", "applied", "applied", "altered");
  }
}
