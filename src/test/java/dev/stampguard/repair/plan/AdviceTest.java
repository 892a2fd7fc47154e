package dev.stampguard.repair.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.repair.Hazard;
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
    return hint(world, code, List.of());
  }

  /**
   * @param hazards of any plan that runs a revision
   */
  private static String hint(World world, FindingCode code, List<Hazard> hazards) {
    Diagnosis diagnosis =
        Advice.on(
            world.diagnose(),
            () -> new Scripts(world.graph(), Map.of(), Set.of()),
            List::of,
            plan -> plan.runsRevisions() ? hazards : List.of());
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
  void whatIsKnownToNeedAllowingIsAllowedInTheCommand() {
    List<Hazard> known = List.of(Hazard.NOT_ATOMIC, Hazard.RUNS_PROJECT_CODE);
    assertThat(hint(chain().catalog("a a#ix").ledger("r3"), FindingCode.SG102, known))
        .isEqualTo(
            "`stampguard repair` plans it, `stampguard repair --apply --yes --allow not-atomic"
                + " --allow runs-project-code` carries it out");
    // Once it counts as applied, nothing is left to run.
    assertThat(hint(chain().catalog("a a#ix b c").ledger("r2"), FindingCode.SG107, known))
        .contains("`stampguard repair --apply --yes --assume-applied d`");
  }

  @Test
  void whatAShellWouldReadOtherwiseIsQuoted() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("it's;", "r1", "")
            .revision("r2", "it's;", "+b")
            .catalog("a b")
            .ledger("r1");
    assertThat(hint(world, FindingCode.SG107))
        .contains("say of `it's;`", "--assume-applied 'it'\\''s;'`");
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
