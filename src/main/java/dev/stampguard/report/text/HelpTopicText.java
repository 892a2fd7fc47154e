package dev.stampguard.report.text;

import dev.stampguard.report.HelpTopic;

/** A page of help that is about no single command. */
final class HelpTopicText {
  private HelpTopicText() {}

  static void write(Page page, HelpTopic topic) {
    page.paragraph(
        0, Phrase.of(Role.EMPHASIS, topic.name()).plain(": ").then(Phrase.prose(topic.title())));
    for (HelpTopic.Section section : topic.sections()) {
      page.blank();
      if (!section.text().isEmpty()) {
        page.paragraph(0, Phrase.prose(section.text()));
        if (!section.entries().isEmpty()) {
          page.blank();
        }
      }
      for (HelpTopic.Entry entry : section.entries()) {
        page.paragraph(2, Phrase.of(Role.EMPHASIS, entry.term()));
        page.paragraph(6, Phrase.prose(entry.meaning()));
      }
    }
  }
}
