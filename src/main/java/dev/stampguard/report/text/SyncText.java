package dev.stampguard.report.text;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.SyncReport;
import dev.stampguard.report.SyncReport.Entry;
import java.util.List;
import java.util.stream.Collectors;

/** Which databases lag behind the scripts: a summary in one line, then a line each. */
final class SyncText {
  private SyncText() {}

  static void write(Page page, SyncReport report) {
    page.paragraph(0, summary(report));
    page.blank();
    var grid = new Grid(2);
    report.databases().forEach(entry -> row(grid, entry));
    page.grid(2, grid);
    List<String> behind = named(report, Verdict.BEHIND);
    if (!behind.isEmpty()) {
      hint(
          page,
          "upgrade %s with %s, each named as the target of its upgrade"
              .formatted(quoted(behind), report.toolName()));
    }
    List<String> damaged = named(report, Verdict.INCONSISTENT);
    if (!damaged.isEmpty()) {
      hint(
          page,
          "upgrade no damaged one; what is wrong tells `stampguard check --databases %s --output json`"
              .formatted(ShellWords.quote(String.join(",", damaged))));
    }
  }

  private static Phrase summary(SyncReport report) {
    String all = Words.count(report.databases().size(), "database");
    String heads =
        report.heads().isEmpty()
            ? "the scripts' end"
            : report.heads().stream().collect(Collectors.joining("`, `", "`", "`"));
    String server = TargetWords.server(report.target());
    return report.lagging() == 0
        ? Phrase.of(Role.OK, "in step:")
            .then(Phrase.prose(" %s on %s at %s".formatted(all, server, heads)))
        : Phrase.of(Role.WARNING, "out of step:")
            .then(
                Phrase.prose(
                    " %s of %s on %s not at %s".formatted(report.lagging(), all, server, heads)));
  }

  private static void row(Grid grid, Entry entry) {
    switch (entry) {
      case Entry.Judged judged -> {
        Verdict verdict = judged.report().diagnosis().verdict();
        grid.row(
            Phrase.of(Role.NAME, judged.name()),
            Phrase.of(Role.of(verdict), verdict.label()),
            CheckText.story(judged.report()));
      }
      case Entry.Failed failed ->
          grid.row(
              Phrase.of(Role.NAME, failed.name()),
              Phrase.of(Role.ERROR, "failed"),
              Phrase.prose(failed.failure().getMessage()));
    }
  }

  private static void hint(Page page, String text) {
    page.blank();
    page.paragraph(0, Phrase.of(Role.EMPHASIS, "hint:").plain(" ").then(Phrase.prose(text)));
  }

  private static String quoted(List<String> names) {
    return names.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
  }

  private static List<String> named(SyncReport report, Verdict verdict) {
    return report.databases().stream()
        .filter(
            entry ->
                entry instanceof Entry.Judged judged
                    && judged.report().diagnosis().verdict() == verdict)
        .map(Entry::name)
        .toList();
  }
}
