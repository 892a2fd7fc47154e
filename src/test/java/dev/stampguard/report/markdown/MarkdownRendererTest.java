package dev.stampguard.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.report.Samples;
import dev.stampguard.report.TargetReport;
import dev.stampguard.report.TargetView;
import dev.stampguard.testing.GoldenFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkdownRendererTest {
  @Test
  void whatIsOverriddenIsGolden() throws IOException {
    GoldenFiles.assertMatches(
        "report/markdown/target.md", MarkdownRenderer.render(Samples.target()));
  }

  @Test
  void theRunsAreGolden() throws IOException {
    GoldenFiles.assertMatches(
        "report/markdown/target-policy.md", MarkdownRenderer.render(Samples.undisputedTarget()));
  }

  @Test
  void noNameBreaksOutOfItsCell() {
    var hostile =
        new TargetReport(
            new TargetView(
                "a|b`c``d\n# e", "h", 5432, "<b>u</b>", ".env:1 U", Optional.empty(), List.of()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    List<String> lines = MarkdownRenderer.render(hostile).lines().toList();

    assertThat(lines).noneMatch(line -> line.startsWith("# "));
    assertThat(lines.stream().filter(line -> line.contains("which decides")).findFirst())
        .contains("| `.env:1 U`, which decides | `` a\\|b`c`\u200b`d\\x0a# e `` |");
  }
}
