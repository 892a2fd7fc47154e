package dev.stampguard.repair.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.repair.plan.RepairStep.RunRevision;
import dev.stampguard.testing.World;
import dev.stampguard.tool.Scripts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RerunTest {
  private static WayOut way(Strategy strategy, boolean applicable) {
    return new WayOut(strategy, applicable, false, "because");
  }

  private static Rerun rerun(Strategy... applicable) {
    return Rerun.among(
        List.of(Strategy.values()).stream()
            .map(strategy -> way(strategy, List.of(applicable).contains(strategy)))
            .toList(),
        Decisions.NONE);
  }

  @Test
  void theCommandIsOfAWayThatIsOpen() {
    assertThat(rerun(Strategy.RESTAMP, Strategy.MISSING, Strategy.GRAFT).of(List.of("d")))
        .isEqualTo(
            "the ledger has `d` as run and nothing in the database tells whether it did, so it runs"
                + " now; if it did run before, what it does to data is done twice:"
                + " `stampguard repair --strategy missing --assume-applied d` plans without it");
    assertThat(rerun(Strategy.RESTAMP, Strategy.GRAFT).of(List.of("d")))
        .endsWith(": `stampguard repair --strategy graft --assume-applied d` plans without it");
    assertThat(rerun(Strategy.RESTAMP, Strategy.RECREATE).of(List.of("d")))
        .endsWith("is done twice, and no other way out leaves it alone");
  }

  @Test
  void severalAreNamedInOneCommandThatSaysAgainWhatWasSaid() {
    Rerun rerun =
        Rerun.among(
            List.of(way(Strategy.MISSING, true)), new Decisions(Set.of("said"), Set.of("r 1")));
    assertThat(rerun.repeating(command -> command + " --tool flyway").of(List.of("it's", "e")))
        .isEqualTo(
            "the ledger has `it's`, `e` as run and nothing in the database tells whether they did,"
                + " so they run now; if they did run before, what they do to data is done twice:"
                + " `stampguard repair --strategy missing --assume-applied said --run 'r 1'"
                + " --tool flyway --assume-applied 'it'\\''s' --assume-applied e` plans without"
                + " them");
  }

  @Test
  void whatRunsForTheFirstTimeNeedsNoWord() {
    var first = new RunRevision("r1", "r1.sql", true);
    var again = new RunRevision("d", "d.sql", true, Optional.of(rerun()));
    assertThat(Rerun.sentence(List.of(first))).isEmpty();
    assertThat(Rerun.sentence(List.of(first, again)))
        .hasValueSatisfying(text -> assertThat(text).startsWith("the ledger has `d` as run"));
  }

  @Test
  void theWaysThatRunItSaySo() {
    World world =
        new World()
            .revision("r1", "", "+a")
            .revision("r2", "r1", "+b")
            .revision("d", "r2", "")
            .catalog("a")
            .ledger("d");
    var scripts = new Scripts(world.graph(), Map.of(), Set.of());
    List<WayOut> plain = WaysOut.judge(world.graph(), world.diagnose(), world.gaps(), List.of());
    List<WayOut> ways = Rerun.mentioned(plain, () -> scripts, world.diagnose());

    assertThat(ways)
        .filteredOn(way -> way.reason().contains("`d` runs too, which the ledger has as run"))
        .extracting(WayOut::strategy)
        .containsExactly(Strategy.RESTAMP, Strategy.MISSING);
    assertThat(ways).filteredOn(WayOut::recommended).hasSize(1);
    var idle = new Scripts(world.graph(), Map.of(), Set.of("d"));
    assertThat(Rerun.mentioned(plain, () -> idle, world.diagnose())).isEqualTo(plain);
  }
}
