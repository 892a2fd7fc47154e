package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(out, false, StandardCharsets.UTF_8);
  private long millis = 5_000;

  private ProgressLine line(boolean terminal) {
    return new ProgressLine(err, terminal, () -> millis * 1_000_000);
  }

  private List<String> shown() {
    return List.of(out.toString(StandardCharsets.UTF_8).split(Pattern.quote(ERASE), -1));
  }

  @Test
  void saysHowFarHowFastAndHowLongStill() {
    try (ProgressLine line = line(true)) {
      millis += 500;
      line.advanced(1, 300);
      millis += 500;
      line.advanced(50, 300);
      millis += 1_000;
      line.advanced(299, 300);
    }
    assertThat(shown())
        .containsExactly(
            "",
            "replaying 1 of 300 revisions, 2.0/s, 2 min 30 s left",
            "replaying 50 of 300 revisions, 50/s, 5 s left",
            "replaying 299 of 300 revisions, 150/s, 1 s left",
            "");
  }

  @Test
  void writesAtMostTenTimesASecond() {
    try (ProgressLine line = line(true)) {
      for (int done = 1; done <= 1_000; done++) {
        millis += 1;
        line.advanced(done, 2_000);
      }
    }
    assertThat(shown()).hasSize(1 + 10 + 1);
  }

  @Test
  void aReplayThatIsDoneAtOnceShowsNothing() {
    try (ProgressLine line = line(true)) {
      millis += 99;
      line.advanced(3, 3);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void saysNothingWhereNobodyLooks() {
    try (ProgressLine line = line(false)) {
      millis += 10_000;
      line.advanced(1, 3);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void isErasedOnce() {
    ProgressLine line = line(true);
    millis += 1_000;
    line.advanced(1, 2);
    line.close();
    line.close();
    assertThat(shown()).hasSize(3).last().isEqualTo("");
  }
}
