package dev.stampguard.report.markdown;

import dev.stampguard.report.TargetReport;
import dev.stampguard.report.text.Printable;
import dev.stampguard.report.text.TargetWords;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes which database a run uses as Markdown, with tables as GitHub and GitLab show them. */
public final class MarkdownRenderer {
  private MarkdownRenderer() {}

  /** A section that may be put into any document. */
  public static String render(TargetReport report) {
    var page = new StringBuilder("## Which database a run uses\n\n");
    page.append(
        "A run uses %s on %s as %s, because %s says so.\n"
            .formatted(
                code(report.target().database()),
                code(TargetWords.server(report.target())),
                code(report.target().user()),
                code(report.target().source())));
    report
        .project()
        .ifPresent(project -> page.append("The project is in %s.\n".formatted(code(project))));
    report
        .policy()
        .ifPresent(policy -> page.append("It may use only %s.\n".formatted(patterns(policy))));
    report
        .target()
        .warnings()
        .forEach(warning -> page.append("\n> ").append(Printable.escape(warning)).append("\n"));
    page.append("\n| Source, strongest first | Database |\n| --- | --- |\n");
    row(page, code(report.target().source()) + ", which decides", code(report.target().database()));
    report.losing().forEach(losing -> row(page, code(losing.source()), code(losing.database())));
    if (!report.runs().isEmpty()) {
      page.append("\n| Kind of run | Databases it may use | This one |\n| --- | --- | --- |\n");
      report
          .runs()
          .forEach(
              rule ->
                  row(
                      page,
                      code(rule.run()),
                      patterns(rule.patterns()),
                      rule.allows() ? "yes" : "no"));
    }
    return page.append("\nWritten by `stampguard target --output markdown`.\n").toString();
  }

  private static String patterns(String patterns) {
    return Arrays.stream(patterns.split(","))
        .map(MarkdownRenderer::code)
        .collect(Collectors.joining(", "));
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A name as it is, whatever is in it: a bar would end the cell, a backtick the span. */
  private static String code(String name) {
    String line = Printable.escape(name).replace("|", "\\|");
    if (!line.contains("`")) {
      return "`" + line + "`";
    }
    return "`` " + line.replace("``", "`\u200b`") + " ``";
  }
}
