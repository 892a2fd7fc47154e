package dev.stampguard.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text made of pieces in different roles.
 *
 * @param spans the pieces, in order
 */
record Phrase(List<Span> spans) {
  static final Phrase EMPTY = new Phrase(List.of());

  Phrase {
    spans = List.copyOf(spans);
  }

  static Phrase of(String text) {
    return EMPTY.plain(text);
  }

  static Phrase of(Role role, String text) {
    return EMPTY.with(role, text);
  }

  /** A sentence written elsewhere, in which names and commands stand in backticks. */
  static Phrase prose(String sentence) {
    String[] parts = sentence.split("`", -1);
    var phrase = EMPTY;
    for (int i = 0; i < parts.length; i++) {
      boolean quoted = i % 2 == 1 && i < parts.length - 1;
      if (quoted) {
        phrase = phrase.name(parts[i]);
      } else {
        // An odd backtick at the end opens nothing and stays as it is.
        phrase = phrase.plain(i % 2 == 1 ? "`" + parts[i] : parts[i]);
      }
    }
    return phrase;
  }

  /** Several phrases as an enumeration: {@code a, b and c}. */
  static Phrase and(List<Phrase> phrases) {
    var joined = EMPTY;
    for (int i = 0; i < phrases.size(); i++) {
      String glue = i == 0 ? "" : i == phrases.size() - 1 ? " and " : ", ";
      joined = joined.plain(glue).then(phrases.get(i));
    }
    return joined;
  }

  Phrase plain(String text) {
    return with(Role.PLAIN, text);
  }

  /** A name or a command inside a sentence: in backticks, never broken over two lines. */
  Phrase name(String name) {
    return with(Role.NAME, "`" + name + "`");
  }

  Phrase with(Role role, String text) {
    return text.isEmpty() ? this : then(new Phrase(List.of(new Span(role, text))));
  }

  Phrase then(Phrase next) {
    var all = new ArrayList<>(spans);
    for (Span span : next.spans) {
      if (!all.isEmpty() && all.getLast().role() == span.role()) {
        all.add(new Span(span.role(), all.removeLast().text() + span.text()));
      } else {
        all.add(span);
      }
    }
    return new Phrase(all);
  }

  /** The same without its roles. */
  String text() {
    return spans.stream().map(Span::text).collect(Collectors.joining());
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /** Terminal columns it takes on one line. */
  int width() {
    return spans.stream().mapToInt(span -> Columns.of(span.text())).sum();
  }
}
