package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhraseTest {
  private static String text(Phrase phrase) {
    return new Palette(false).paint(phrase);
  }

  @Test
  void findsNamesInProse() {
    assertThat(Phrase.prose("run `a b` now").spans())
        .containsExactly(
            new Span(Role.PLAIN, "run "),
            new Span(Role.NAME, "`a b`"),
            new Span(Role.PLAIN, " now"));
  }

  @Test
  void leavesALonelyBacktickAlone() {
    assertThat(text(Phrase.prose("a ` b"))).isEqualTo("a ` b");
    assertThat(text(Phrase.prose("`a` b ` c"))).isEqualTo("`a` b ` c");
    assertThat(text(Phrase.prose("`"))).isEqualTo("`");
  }

  @Test
  void enumerates() {
    assertThat(text(Phrase.and(phrases("a")))).isEqualTo("a");
    assertThat(text(Phrase.and(phrases("a", "b")))).isEqualTo("a and b");
    assertThat(text(Phrase.and(phrases("a", "b", "c")))).isEqualTo("a, b and c");
  }

  @Test
  void coloursByRole() {
    var phrase = Phrase.of("a ").with(Role.ERROR, "b").plain(" c");

    assertThat(new Palette(true).paint(phrase)).isEqualTo("a \u001b[1;31mb\u001b[0m c");
  }

  private static List<Phrase> phrases(String... texts) {
    return Stream.of(texts).map(Phrase::of).toList();
  }
}
