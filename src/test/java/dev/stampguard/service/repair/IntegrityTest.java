package dev.stampguard.service.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.ReferentialIntegrity.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntegrityTest {
  @Test
  void whatHoldsIsCounted() {
    assertThat(Integrity.sentence(List.of())).isEqualTo("0 foreign keys, no row that breaks one");
    assertThat(Integrity.sentence(List.of(holds("a"), holds("b"))))
        .isEqualTo("2 foreign keys, no row that breaks one");
  }

  @Test
  void everyBrokenOneIsNamedWithItsRows() {
    assertThat(Integrity.sentence(List.of(holds("a"), broken("b", 1, "7"))))
        .isEqualTo(
            "2 foreign keys, of which one is broken:"
                + " `constraint public.t.b` has 1 row that points at nothing (7)");
    assertThat(
            Integrity.sentence(
                List.of(broken("a", 3, "1", "2"), holds("b"), broken("c", 1, "x, y"))))
        .isEqualTo(
            "3 foreign keys, of which 2 are broken:"
                + " `constraint public.t.a` has 3 rows that point at nothing (1; 2),"
                + " `constraint public.t.c` has 1 row that points at nothing (x, y)");
  }

  @Test
  void whatPostgresNeverLookedAtIsNamed() {
    assertThat(Integrity.sentence(List.of(holds("a"), new Result(name("b"), false, 0, List.of()))))
        .isEqualTo(
            "2 foreign keys, no row that breaks one;"
                + " PostgreSQL never validated `constraint public.t.b`");
  }

  private static Result holds(String name) {
    return new Result(name(name), true, 0, List.of());
  }

  private static Result broken(String name, long orphans, String... samples) {
    return new Result(name(name), false, orphans, List.of(samples));
  }

  private static ObjectName name(String name) {
    return ObjectName.of(ObjectKind.CONSTRAINT, "public", "t", name);
  }
}
