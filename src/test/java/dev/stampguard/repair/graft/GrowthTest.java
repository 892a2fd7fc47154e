package dev.stampguard.repair.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrowthTest {
  @Test
  void eachValueGoesWhereItBelongs() {
    Alteration labels = Growth.ofLabels(labels("a", "b", "c", "d", "e"), labels("b", "d"));

    assertThat(labels.impossible()).isEmpty();
    assertThat(labels.changes())
        .extracting(Alteration.Change::sql)
        .containsExactly("ADD 'a' BEFORE 'b'", "ADD 'c' AFTER 'b'", "ADD 'e' AFTER 'd'");
    assertThat(labels.changes()).allMatch(change -> change.inverse().isEmpty());
  }

  @Test
  void anEmptyEnumTakesThemInOrder() {
    assertThat(Growth.ofLabels(labels("a", "b"), labels()).changes())
        .extracting(Alteration.Change::sql)
        .containsExactly("ADD 'a'", "ADD 'b' AFTER 'a'");
  }

  @Test
  void whatIsThereIsNeitherMovedNorTakenAway() {
    assertThat(Growth.ofLabels(labels("a", "b"), labels("a", "b")).changes()).isEmpty();
    assertThat(Growth.ofLabels(labels("a", "b"), labels("b", "a")).impossible())
        .hasValue("its values are in another order");
    assertThat(Growth.ofLabels(labels("a", "b"), labels("a", "x")).impossible())
        .hasValue("it has values that cannot be taken away");
  }

  @Test
  void attributesOnlyFollowThoseThatAreThere() {
    assertThat(Growth.ofAttributes(attributes("a int", "b int"), attributes("a int")).changes())
        .extracting(Alteration.Change::sql, Alteration.Change::inverse)
        .containsExactly(tuple("ADD b int", Optional.of("DROP b int")));
    assertThat(Growth.ofAttributes(attributes("a int", "b int"), attributes("b int")).impossible())
        .hasValue("its attributes differ in more than further ones");
    assertThat(Growth.ofAttributes(attributes("a int"), attributes("a int", "b int")).impossible())
        .isPresent();
  }

  private static List<Trait> labels(String... values) {
    return traits(TraitKind.LABEL, List.of(values).stream().map("'%s'"::formatted).toList(), false);
  }

  private static List<Trait> attributes(String... values) {
    return traits(TraitKind.ATTRIBUTE, List.of(values), true);
  }

  private static List<Trait> traits(TraitKind kind, List<String> values, boolean isTaken) {
    var traits = new ArrayList<Trait>();
    for (String value : values) {
      traits.add(
          new Trait(
              new CatalogId(1, 1, 0),
              kind,
              String.valueOf(traits.size()),
              value,
              Optional.of("ADD " + value),
              Optional.empty(),
              isTaken ? Optional.of("DROP " + value) : Optional.empty(),
              false));
    }
    // Found in any order.
    return traits.reversed();
  }
}
