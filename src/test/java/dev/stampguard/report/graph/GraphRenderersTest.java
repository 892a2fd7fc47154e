package dev.stampguard.report.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.Samples;
import dev.stampguard.testing.GoldenFiles;
import dev.stampguard.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphRenderersTest {
  /** Every line the Mermaid we write may consist of; labels hold no sign its grammar reads. */
  private static final Pattern MERMAID =
      Pattern.compile(
          "flowchart TD"
              + "|  r\\d+\\[\"(?:[^\"`<>\\[\\]{}|#;&\\\\\\p{Cntrl}]|#\\d+;|<br/>)*\"]"
              + "|  r\\d+ (?:-->|-\\.->) r\\d+"
              + "|  classDef state_[a-z_]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}"
              + "|  class r\\d+(?:,r\\d+)* state_[a-z_]+");

  static Stream<HistoryReport> histories() {
    return Stream.of(
        branches(), judged(Samples.hostile().diagnosis()), judged(Samples.nothing().diagnosis()));
  }

  @Test
  void mermaidIsGolden() throws IOException {
    GoldenFiles.assertMatches("report/graph/branches.mmd", MermaidRenderer.render(branches()));
  }

  @Test
  void dotIsGolden() throws IOException {
    GoldenFiles.assertMatches("report/graph/branches.dot", DotRenderer.render(branches()));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void mermaidKeepsToItsGrammar(HistoryReport report) {
    assertThat(MermaidRenderer.render(report).lines())
        .allSatisfy(line -> assertThat(line).matches(MERMAID));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void graphvizDrawsWhatDotSays(HistoryReport report) throws Exception {
    String svg = graphviz(DotRenderer.render(report));

    assertThat(svg.split("class=\"node\"", -1)).hasSize(report.entries().size() + 1);
    if (!report.entries().isEmpty()) {
      assertThat(svg).contains(report.entries().getFirst().judged().orElseThrow().state().label());
    }
  }

  @Test
  void withoutADatabaseNothingHasAState() {
    String mermaid =
        MermaidRenderer.render(
            HistoryReport.offline(
                "alembic", "migrations", Incident.graph(), Incident.expectation(), false));

    assertThat(mermaid).contains("r1[\"bcacf97a17b8<br/>Add MasterPlan schema\"]", "r1 --> r2");
    assertThat(mermaid).doesNotContain("class");
  }

  private static HistoryReport branches() {
    return judged(
        new World()
            .revision("base", "", "+a")
            .revision("left", "base", "+b")
            .revision("right\"quoted\"", "", "base", "+c")
            .revision("merge", "left", "+d")
            .catalog("a b")
            .ledger("merge")
            .diagnose());
  }

  private static HistoryReport judged(Diagnosis diagnosis) {
    return HistoryReport.judged(
        Incident.TARGET,
        "alembic",
        "migrations",
        diagnosis,
        new Expectation(Expectation.Source.SCRIPTS, Map.of(), List.of(), Map.of()),
        false);
  }

  private static String graphviz(String source) throws IOException, InterruptedException {
    Process dot;
    try {
      dot = new ProcessBuilder("dot", "-Tsvg").start();
    } catch (IOException e) {
      String message = "graphviz is not installed: drawings in DOT were not tested";
      if (System.getenv("CI") != null) {
        fail(message, e);
      }
      System.err.println("SKIPPED: " + message);
      Assumptions.abort(message);
      throw e;
    }
    try (var in = dot.outputWriter(StandardCharsets.UTF_8)) {
      in.write(source);
    }
    String svg = new String(dot.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = new String(dot.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(dot.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(dot.exitValue()).as(said).isZero();
    return svg;
  }
}
