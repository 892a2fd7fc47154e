package dev.stampguard.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.testing.World;
import dev.stampguard.tool.Lack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaysOutTest {
  private static World chain() {
    return new World()
        .revision("r1", "", "+a")
        .revision("r2", "r1", "+b")
        .revision("r3", "r2", "+c");
  }

  private static List<WayOut> judge(World world, Sibling... siblings) {
    return WaysOut.judge(world.graph(), world.diagnose(), world.gaps(), List.of(siblings));
  }

  private static Optional<Strategy> recommended(List<WayOut> ways) {
    return ways.stream().filter(WayOut::recommended).map(WayOut::strategy).findFirst();
  }

  private static WayOut way(List<WayOut> ways, Strategy strategy) {
    return ways.stream().filter(way -> way.strategy() == strategy).findFirst().orElseThrow();
  }

  @Test
  void noSecondLedgerIsMadeWithoutAWord() {
    World world =
        new World().revision("r1", "", "+a").catalog("a").withoutLedger().otherLedger("app");
    Diagnosis diagnosis = world.diagnose();
    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.code() == FindingCode.SG119)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.hint())
                    .isEqualTo(
                        "`app.alembic_version` has a ledger's columns: if it is the ledger, say so in"
                            + " `stampguard.properties`: version-table=alembic_version,"
                            + " version-table-schema=app; if it is not, `stampguard repair --strategy"
                            + " restamp` plans one that is true"));
    List<WayOut> ways = judge(world);
    assertThat(ways).noneMatch(WayOut::recommended);
    assertThat(way(ways, Strategy.RESTAMP).applicable()).isTrue();
  }

  @Test
  void aReplayThatHasToBeAllowedIsCalledThat() {
    World world = chain().catalog("a c").ledger("r3");
    var ways =
        WaysOut.judge(
            world.graph(),
            world.diagnose(),
            world.gaps(),
            List.of(),
            new WaysOut.Running(true, revisions -> Optional.empty()));
    assertThat(way(ways, Strategy.GRAFT).reason())
        .endsWith("taken from a replay of the scripts, which `--driver-env project` allows");
  }

  @Test
  void whatCannotBeRunHereIsNotRecommendedAndSaysWhatItNeeds() {
    var lack = new Lack("needs `replay.command`", "say it");
    World partial = chain().catalog("a c").ledger("r3");
    var running =
        new WaysOut.Running(
            false, ids -> ids.contains("r2") ? Optional.of(lack) : Optional.empty());
    var ways =
        WaysOut.judge(partial.graph(), partial.diagnose(), partial.gaps(), List.of(), running);
    assertThat(recommended(ways)).isEmpty();
    assertThat(way(ways, Strategy.MISSING).reason()).endsWith("; this needs `replay.command`");
    assertThat(way(ways, Strategy.GRAFT).lack()).contains(lack);
    assertThat(WaysOut.lack(ways)).contains(lack);

    var sibling = new Sibling("other", Verdict.CONSISTENT, 4);
    ways =
        WaysOut.judge(
            partial.graph(), partial.diagnose(), partial.gaps(), List.of(sibling), running);
    assertThat(recommended(ways)).contains(Strategy.GRAFT);
    assertThat(WaysOut.lack(ways)).isEmpty();

    World suffix = chain().catalog("a b").ledger("r3");
    ways = WaysOut.judge(suffix.graph(), suffix.diagnose(), suffix.gaps(), List.of(), running);
    assertThat(recommended(ways)).contains(Strategy.RESTAMP);
  }

  @Test
  void nothingToRepair() {
    var ways = judge(chain().catalog("a b c").ledger("r3"));
    assertThat(ways).extracting(WayOut::strategy).containsExactly(Strategy.values());
    assertThat(ways).noneMatch(WayOut::applicable);
  }

  @Test
  void aHollowSuffixIsRestampedAndASiblingOffersASwitch() {
    var ways =
        judge(chain().catalog("a").ledger("r3"), new Sibling("other", Verdict.CONSISTENT, 4));
    assertThat(recommended(ways)).contains(Strategy.RESTAMP);
    assertThat(ways).allMatch(WayOut::applicable);
    assertThat(way(ways, Strategy.SWITCH).reason()).contains("`other`");
  }

  @Test
  void anInconsistentSiblingIsNoWayOut() {
    var ways =
        judge(
            chain().catalog("a").ledger("r3"),
            new Sibling("other", Verdict.INCONSISTENT, 4),
            new Sibling("old", Verdict.BEHIND, 2));
    assertThat(way(ways, Strategy.SWITCH).applicable()).isFalse();
  }

  @Test
  void aHoleIsFilled() {
    var ways = judge(chain().catalog("a c").ledger("r3"));
    assertThat(recommended(ways)).contains(Strategy.MISSING);
    assertThat(way(ways, Strategy.RESTAMP).applicable()).isFalse();
  }

  @Test
  void aBrokenChainIsNotRecreated() {
    var ways = judge(chain().gap("r1", "users", "").catalog("a").ledger("r3"));
    assertThat(way(ways, Strategy.RECREATE).applicable()).isFalse();
    assertThat(way(ways, Strategy.RECREATE).reason()).contains("`r1`", "table public.users");
    assertThat(recommended(ways)).contains(Strategy.RESTAMP);
  }

  @Test
  void anUpgradeThatWouldStopAtAGapIsNotStartedByARestamp() {
    var ways =
        judge(
            chain().gap("r2", "users", "").catalog("a").ledger("r3"),
            new Sibling("other", Verdict.CONSISTENT, 4));
    assertThat(way(ways, Strategy.RESTAMP).applicable()).isFalse();
    assertThat(way(ways, Strategy.MISSING).applicable()).isFalse();
    assertThat(recommended(ways)).contains(Strategy.GRAFT);
  }

  @Test
  void anInexactStateIsNotRecommendedForStamping() {
    var world =
        new World()
            .revision("r1", "", "+a")
            .revision("data", "r1", "")
            .revision("r3", "data", "+b")
            .catalog("a")
            .ledger("r3");
    var ways = judge(world);
    assertThat(way(ways, Strategy.RESTAMP).applicable()).isTrue();
    assertThat(recommended(ways)).contains(Strategy.MISSING);
  }

  @Test
  void partsAreGrafted() {
    var world = new World().revision("r1", "", "+a +b").catalog("a").ledger("r1");
    assertThat(recommended(judge(world))).contains(Strategy.GRAFT);
  }

  private static World withInvalidIndex(String catalog) {
    return new World()
        .revision("r1", "", "+t +t#ix_t")
        .revision("r2", "r1", "+u")
        .catalog(catalog)
        .ledger("r2")
        .invalidIndex("ix_t");
  }

  @Test
  void anInvalidIndexOfARevisionIsBuiltAgain() {
    var ways = judge(withInvalidIndex("t t#ix_t u"));
    assertThat(recommended(ways)).contains(Strategy.GRAFT);
    assertThat(way(ways, Strategy.GRAFT).reason())
        .isEqualTo("build `index public.ix_t` again, as it is defined");
    assertThat(way(ways, Strategy.RESTAMP).applicable()).isFalse();
    assertThat(way(ways, Strategy.MISSING).applicable()).isFalse();
  }

  @Test
  void anInvalidIndexThatNoRevisionCreatesIsLeftToItsOwner() {
    assertThat(judge(chain().catalog("a b c").ledger("r3").invalidIndex("own")))
        .noneMatch(WayOut::applicable);
  }

  @Test
  void anInvalidIndexKeepsNoOtherFindingFromItsWay() {
    assertThat(recommended(judge(withInvalidIndex("t t#ix_t")))).contains(Strategy.RESTAMP);
  }

  @Test
  void anUnknownRevisionGetsNoRecommendation() {
    assertThat(recommended(judge(chain().catalog("a b").ledger("deadbeef")))).isEmpty();
  }

  @Test
  void whatModelsLeftOutIsGrafted() {
    var world =
        new World()
            .revision("r1", "", "+t +f():body")
            .revision("r2", "r1", "+t!g:trigger")
            .revision("r3", "r2", "+u")
            .catalog("t u")
            .ledger("r3");
    var ways = judge(world);
    assertThat(recommended(ways)).contains(Strategy.GRAFT);
    assertThat(way(ways, Strategy.MISSING).applicable()).isFalse();
  }

  @Test
  void whatSomebodyAlteredIsForSomebodyToDecide() {
    var world = new World().revision("r1", "", "+t:one").catalog("t:two").ledger("r1");
    assertThat(recommended(judge(world))).isEmpty();
  }

  @Test
  void whatIsAlteredBesideWhatIsMissingRecommendsNothingThatLeavesDataBehind() {
    var world = new World().revision("r1", "", "+t:one +t#ix").catalog("t:two").ledger("r1");
    var ways = judge(world);
    assertThat(way(ways, Strategy.GRAFT).applicable()).isTrue();
    assertThat(recommended(ways)).isEmpty();
  }

  @Test
  void noStrategyWidensALedger() {
    var world =
        chain().revision("much_too_long", "r3", "+d").catalog("a b c").ledger("r3").ledgerWidth(8);
    assertThat(judge(world)).noneMatch(WayOut::applicable);
  }

  @Test
  void rowsThatOthersImplyAreTakenOutOfTheLedger() {
    var ways = judge(chain().revision("data", "r3", "").catalog("a b c").ledger("r2 data"));
    assertThat(recommended(ways)).contains(Strategy.RESTAMP);
    assertThat(way(ways, Strategy.RESTAMP).reason()).endsWith("to the heads of that, `data`");
  }

  @Test
  void whereTheRecordedHistoryIsBrokenTheScriptsAreMendedFirst() {
    var ways =
        judge(
            new World()
                .revision("r1", "", "+a")
                .revision("r3", "gone", "+c +d")
                .catalog("a c")
                .ledger("r3"));
    assertThat(ways).noneMatch(WayOut::applicable);
    assertThat(way(ways, Strategy.RESTAMP).reason())
        .startsWith("mend the scripts first: `migrations/versions/r3.py:7`: ");
  }
}
