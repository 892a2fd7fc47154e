package dev.stampguard.report.text;

import dev.stampguard.report.RestoreReport;

/** What was restored, where the rest is, and how to go back. */
final class RestoreText {
  private RestoreText() {}

  static void write(Page page, RestoreReport report) {
    // Never wrapped: it is what a log is searched for.
    page.line(
        0,
        Phrase.of(Role.OK, "restored:")
            .plain(" ")
            .then(
                report
                    .database()
                    .map(name -> Phrase.EMPTY.name(name).plain(" from "))
                    .orElse(Phrase.EMPTY))
            .name(report.restored()));
    page.blank();
    var facts = new Grid(1);
    report
        .kept()
        .ifPresent(
            kept -> {
              facts.row(
                  TargetWords.label("kept"), Phrase.of("the database as it was, as ").name(kept));
            });
    for (RestoreReport.RestoredFile file : report.files()) {
      facts.row(
          TargetWords.label("file"),
          Phrase.EMPTY
              .name(file.file())
              .then(
                  file.kept()
                      .map(kept -> Phrase.of(", kept as it was as ").name(kept))
                      .orElse(Phrase.EMPTY)));
    }
    report
        .goBack()
        .ifPresent(
            command -> facts.row(TargetWords.label("go back"), Phrase.of(Role.NAME, command)));
    if (report.kept().isEmpty() && report.files().isEmpty() && report.database().isEmpty()) {
      facts.row(TargetWords.label("files"), Phrase.of("all as they were in the backup"));
    }
    page.grid(2, facts);
    report
        .warnings()
        .forEach(
            warning ->
                page.paragraph(
                    2, Phrase.of(Role.WARNING, "warning:").plain(" ").then(Phrase.prose(warning))));
  }
}
