package dev.stampguard.cli;

import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.Report;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.TargetReport;
import dev.stampguard.report.github.GithubRenderer;
import dev.stampguard.report.graph.DotRenderer;
import dev.stampguard.report.graph.MermaidRenderer;
import dev.stampguard.report.html.HtmlRenderer;
import dev.stampguard.report.junit.JunitRenderer;
import dev.stampguard.report.markdown.MarkdownRenderer;
import dev.stampguard.report.sarif.SarifRenderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The forms that only some commands print. Apart from the others, so that a run that prints none of
 * them loads nothing of them.
 */
final class OtherForms {
  private OtherForms() {}

  /**
   * @param format one that the report's command prints
   */
  static byte[] render(OutputFormat format, Report report, RunFacts run) {
    return switch (format) {
      case GITHUB -> utf8(new GithubRenderer(run).render((DiagnosisReport) report));
      case SARIF -> sarif((DiagnosisReport) report, run);
      case JUNIT -> utf8(new JunitRenderer(run).render((DiagnosisReport) report));
      case HTML -> utf8(new HtmlRenderer(run).render((DiagnosisReport) report));
      case MERMAID -> utf8(MermaidRenderer.render((HistoryReport) report));
      case DOT -> utf8(DotRenderer.render((HistoryReport) report));
      case MARKDOWN -> utf8(MarkdownRenderer.render((TargetReport) report));
      case TEXT, JSON -> throw new IllegalArgumentException(format + " is printed elsewhere");
    };
  }

  private static byte[] sarif(DiagnosisReport report, RunFacts run) {
    var buffer = new ByteArrayOutputStream();
    try {
      new SarifRenderer(run).write(report, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
