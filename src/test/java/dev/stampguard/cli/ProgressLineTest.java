package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.report.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void whatIsSaidMeanwhileFindsTheLineEmpty(@TempDir Path project) throws IOException {
    Files.writeString(project.resolve(".env"), "DATABASE_URL=postgresql://a@h/b\n");
    var invocation =
        new Invocation(
            project,
            Map.of(),
            project,
            "tester",
            InputStream.nullInputStream(),
            err,
            err,
            false,
            false,
            true);
    Setup setup = Setup.of(invocation, new CommonOptions());
    try (ProgressLine line = setup.progress()) {
      Thread.sleep(120);
      line.show("copying");
      setup.warn("something is odd");
      Thread.sleep(120);
      line.show("proving");
      setup.print(Samples.target());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    err.flush();
    List<String> shown = shown();
    assertThat(shown.get(1)).isEqualTo("copying");
    assertThat(shown.get(2)).startsWith("stampguard: something is odd");
    assertThat(shown.get(3)).isEqualTo("proving");
    assertThat(shown.get(4)).contains("devmatrix");
    assertThat(shown).hasSize(5);
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
