package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresClient.Format;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The law for a database that holds every part there is. Runs once, on all majors. */
class DumpLawTest {
  /** Every setting with its first unusual value. */
  private static final Map<String, String> UNUSUAL =
      DumpLaw.SETTINGS.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, e -> e.getValue().getFirst(), (a, b) -> a, TreeMap::new));

  @ParameterizedTest
  @CsvSource({"14, 14", "15, 15", "18, 18", "14, 15", "14, 18", "15, 18"})
  void aRestoredDumpIsTheSame(int from, int to) {
    PostgresClient.forServer(Math.max(from, to));
    try (var law = new DumpLaw()) {
      DumpLaw.Database original = law.build(from, SchemaPart.known(from), Map.of());
      CatalogSnapshot snapshot = DumpLaw.snapshot(original);
      DumpLaw.Database restored = law.restore(original, to, Format.PLAIN, UNUSUAL);
      CatalogSnapshot once = DumpLaw.snapshot(restored);
      DumpLaw.assertSame(snapshot, once, from == to);
      if (from == to) {
        DumpLaw.Database again = law.restore(restored, to, Format.CUSTOM, Map.of());
        DumpLaw.assertSame(once, DumpLaw.snapshot(again), true);
      }
    }
  }

  @Test
  void thePartsHoldEveryKind() {
    try (var law = new DumpLaw()) {
      CatalogSnapshot snapshot = DumpLaw.snapshot(law.build(18, SchemaPart.known(18), Map.of()));
      assertThat(snapshot.objects().keySet().stream().map(ObjectName::kind).distinct())
          .containsExactlyInAnyOrderElementsOf(List.of(ObjectKind.values()));
    }
  }
}
