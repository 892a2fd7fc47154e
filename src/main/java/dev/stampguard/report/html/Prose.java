package dev.stampguard.report.html;

import dev.stampguard.report.markup.Markup;

/** Sentences and small pieces that every part of the page writes alike. */
final class Prose {
  private Prose() {}

  /** A sentence in which names and commands stand in backticks. */
  static Markup write(Markup page, String sentence) {
    String[] parts = sentence.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean quoted = i % 2 == 1 && i < parts.length - 1;
      if (quoted) {
        page.element("code", parts[i]);
      } else {
        // An odd backtick at the end opens nothing and stays as it is.
        page.text(i % 2 == 1 ? "`" + parts[i] : parts[i]);
      }
    }
    return page;
  }

  /** A paragraph of such a sentence. */
  static void paragraph(Markup page, String sentence, String... attributes) {
    page.open("p", attributes);
    write(page, sentence);
    page.close().line();
  }

  /** A section with its heading, which the caller closes. */
  static Markup section(Markup page, String id, String title) {
    page.open("section", "id", id, "aria-labelledby", id + "-title");
    page.element("h2", title, "id", id + "-title");
    return page.line();
  }

  /** A table that scrolls within itself where it is too wide; the caller closes both. */
  static Markup table(Markup page, String caption, String... columns) {
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    page.open("table").element("caption", caption).open("thead").open("tr");
    for (String column : columns) {
      page.element("th", column, "scope", "col");
    }
    return page.close().close().open("tbody").line();
  }

  /** Ends what {@link #table} began. */
  static void endTable(Markup page) {
    page.close().close().close().line();
  }
}
