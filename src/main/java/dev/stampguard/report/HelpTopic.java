package dev.stampguard.report;

import java.util.List;
import java.util.Objects;

/**
 * A page of help that is about no single command, for {@code help exit-codes} and the manual.
 *
 * @param name what it is asked for by
 * @param title what it is about, in a few words
 * @param sections its text, in order
 */
public record HelpTopic(String name, String title, List<Section> sections) {
  public HelpTopic {
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    sections = List.copyOf(sections);
  }

  /**
   * A paragraph, then a list of words with their meanings.
   *
   * @param text may be empty
   * @param entries may be empty
   */
  public record Section(String text, List<Entry> entries) {
    public Section {
      Objects.requireNonNull(text);
      entries = List.copyOf(entries);
    }
  }

  /** One word, and what it means. */
  public record Entry(String term, String meaning) {
    public Entry {
      Objects.requireNonNull(term);
      Objects.requireNonNull(meaning);
    }
  }
}
