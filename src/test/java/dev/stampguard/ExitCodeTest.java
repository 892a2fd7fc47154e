package dev.stampguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void theHeaviestCountsInWhateverOrderTheyCome() {
    ExitCode[] lightestFirst = {
      ExitCode.OK,
      ExitCode.REFUSED,
      ExitCode.NO_ACCESS,
      ExitCode.FINDINGS,
      ExitCode.CHANGE_FAILED,
      ExitCode.USAGE,
      ExitCode.INTERNAL,
      ExitCode.INTERRUPTED
    };
    assertThat(lightestFirst).containsExactlyInAnyOrder(ExitCode.values());
    for (int i = 0; i < lightestFirst.length; i++) {
      for (ExitCode lighter : Arrays.copyOf(lightestFirst, i + 1)) {
        assertThat(lightestFirst[i].orWorse(lighter)).isEqualTo(lightestFirst[i]);
        assertThat(lighter.orWorse(lightestFirst[i])).isEqualTo(lightestFirst[i]);
      }
    }
  }
}
