package dev.stampguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.report.Discrepancy.Sketch;
import dev.stampguard.testing.World;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscrepancyTest {
  @Test
  void aMissingTableIsShownWithWhatLiesInItAsTheLastRevisionLeftIt() {
    List<Discrepancy> all =
        all(
            new World()
                .revision("a", "", "+kept +kept.id:bigint")
                .revision("b", "a", "+users:table +users.id:bigint +users.name:text")
                .revision("c", "b", "=users.name:varchar +more")
                .catalog("kept kept.id:bigint more")
                .ledger("c"));

    assertThat(all)
        .contains(
            new Discrepancy(
                World.name("users"),
                "b",
                Optional.of(
                    new Sketch(
                        Optional.of("table"),
                        List.of("column id: bigint", "column name: varchar"))),
                Optional.empty()));
  }

  @Test
  void anAlteredObjectHasBothDefinitions() {
    List<Discrepancy> all =
        all(
            new World()
                .revision("a", "", "+users +users.id:bigint")
                .catalog("users users.id:text")
                .ledger("a"));

    assertThat(all)
        .containsExactly(
            new Discrepancy(
                World.name("users.id"),
                "a",
                Optional.of(new Sketch(Optional.of("bigint"), List.of())),
                Optional.of(new Sketch(Optional.of("text"), List.of()))));
  }

  @Test
  void whatADropLeftOverShouldBeGone() {
    List<Discrepancy> all =
        all(
            new World()
                .revision("a", "", "+kept +old:table")
                .revision("b", "a", "-old +new")
                .catalog("kept old:table new")
                .ledger("b"));

    assertThat(all)
        .containsExactly(
            new Discrepancy(
                World.name("old"),
                "b",
                Optional.empty(),
                Optional.of(new Sketch(Optional.of("table"), List.of()))));
  }

  @Test
  void whatIsPendingOwesNothingAndWhatIsHalfThereOwesTheRest() {
    World world =
        new World()
            .revision("a", "", "+kept")
            .revision("b", "a", "+first +second:table")
            .revision("c", "b", "+third")
            .catalog("kept first")
            .ledger("a");

    assertThat(all(world)).extracting(Discrepancy::revision).containsExactly("b");
    assertThat(all(world)).extracting(Discrepancy::object).containsExactly(World.name("second"));
  }

  private static List<Discrepancy> all(World world) {
    Facts facts = world.facts();
    return Discrepancy.all(Diagnoser.diagnose(facts), facts.expectation(), facts.catalog());
  }
}
