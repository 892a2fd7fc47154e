package dev.stampguard.service.graft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.repair.graft.Graft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every object of a database that has all kinds of them, dropped and grafted one by one. */
class EveryKindTest {
  @ParameterizedTest
  @ValueSource(ints = {14, 15, 18})
  void eachObjectComesBack(int major) throws IOException {
    try (Bench bench =
        Bench.of(major, Files.readString(Path.of("src/test/resources/catalog/every-kind.sql")))) {
      var failures = new ArrayList<String>();
      int dropped = 0;
      for (String drop : Damages.drops(bench.snapshot(bench.whole()))) {
        String damaged = bench.copy();
        if (bench.attempt(damaged, List.of(drop)).isEmpty()) {
          continue;
        }
        dropped++;
        try {
          Graft graft = bench.plan(damaged);
          assertThat(graft.obstacles()).isEmpty();
          bench.run(damaged, graft);
          bench.assertMended(damaged, graft);
        } catch (AssertionError | RuntimeException e) {
          failures.add(drop + "\n" + e.getMessage());
        }
      }
      assertThat(failures).as("of %d drops", dropped).isEmpty();
      assertThat(dropped).isGreaterThan(40);
    }
  }
}
