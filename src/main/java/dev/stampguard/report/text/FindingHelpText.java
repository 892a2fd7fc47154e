package dev.stampguard.report.text;

import dev.stampguard.report.FindingHelp;

/** The page of one code of the diagnosis catalogue. */
final class FindingHelpText {
  private FindingHelpText() {}

  static void write(Page page, FindingHelp help) {
    var code = help.code();
    page.paragraph(
        0,
        Phrase.of(Role.EMPHASIS, code.name())
            .plain(" ")
            .then(Phrase.prose(code.title()))
            .plain(" (")
            .with(Role.of(code.severity()), code.severity().label())
            .plain(")"));
    page.blank();
    page.paragraph(0, Phrase.prose(help.meaning()));
    page.heading("How it shows");
    page.paragraph(2, Phrase.prose(help.signature()));
    page.heading("What ends it");
    page.paragraph(2, Phrase.prose(help.remedy()));
  }
}
