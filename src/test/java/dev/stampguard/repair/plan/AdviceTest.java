package dev.stampguard.repair.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.testing.World;
import dev.stampguard.tool.Scripts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdviceTest {
  /** {@code d} changes only data. */
  private static World chain() {
    return new World()
        .revision("r1", "", "+a +a#ix")
        .revision("r2", "r1", "+b")
        .revision("d", "r2", "")
        .revision("r3", "d", "+c");
  }

  private static String hint(World world, FindingCode code) {
    Diagnosis diagnosis =
        Advice.on(world.diagnose(), () -> new Scripts(world.graph(), Map.of(), Set.of()), List::of);
    return diagnosis.findings().stream()
        .filter(finding -> finding.code() == code)
        .findFirst()
        .orElseThrow()
        .hint();
  }

  @Test
  void whatARepairEndsAloneIsLeftToIt() {
    assertThat(hint(chain().catalog("a a#ix").ledger("r3"), FindingCode.SG102))
        .isEqualTo(Finding.REPAIR);
  }

  @Test
  void besideWhatIsAlteredTheHintNamesWhatMendsBoth() {
    World world = new World().revision("r1", "", "+t:one +t#ix").catalog("t:two").ledger("r1");
    assertThat(hint(world, FindingCode.SG104))
        .startsWith("if the scripts are right, `stampguard repair --strategy graft --redefine`");
  }

  @Test
  void beforeALedgerIsSetForwardOverDataSomebodyDecides() {
    World world = chain().catalog("a a#ix b c").ledger("r2");
    assertThat(hint(world, FindingCode.SG107))
        .contains("`stampguard repair --apply --yes --assume-applied d`", "`--run`");
  }

  @Test
  void ofAPartThatIsMissingAGraftLeavesDataOut() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("d", "r1", "")
            .revision("r2", "d", "+b +b#ix")
            .revision("r3", "r2", "+c")
            .catalog("a c b")
            .ledger("r3");
    assertThat(hint(world, FindingCode.SG104)).isEqualTo(Finding.REPAIR);
  }

  @Test
  void whatNoScriptDefinesComesFirst() {
    World world = chain().catalog("a").ledger("r2 x");
    assertThat(hint(world, FindingCode.SG110)).startsWith("check out the branch");
  }
}
