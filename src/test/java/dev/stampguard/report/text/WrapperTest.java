package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapperTest {
  private static List<String> wrap(Phrase phrase, int width) {
    var palette = new Palette(false);
    return Wrapper.wrap(phrase, width).stream().map(palette::paint).toList();
  }

  @Test
  void breaksBetweenWords() {
    assertThat(wrap(Phrase.of("one two three four"), 9))
        .containsExactly("one two", "three", "four");
  }

  @Test
  void fillsALineToTheLastColumn() {
    assertThat(wrap(Phrase.of("one two"), 7)).containsExactly("one two");
    assertThat(wrap(Phrase.of("one two"), 6)).containsExactly("one", "two");
  }

  @Test
  void keepsNamesWholeAndPunctuationWithThem() {
    var phrase = Phrase.of("missing is ").name("table public.users").plain(", really");

    assertThat(wrap(phrase, 16)).containsExactly("missing is", "`table public.users`,", "really");
  }

  @Test
  void countsColumnsNotCharacters() {
    assertThat(wrap(Phrase.of("日本 日本"), 8)).containsExactly("日本", "日本");
    assertThat(wrap(Phrase.of("e\u0301e\u0301 e\u0301"), 4))
        .containsExactly("e\u0301e\u0301 e\u0301");
  }

  @Test
  void breaksOverlongWordsAfterPunctuation() {
    assertThat(wrap(Phrase.of("add cognitive_architecture_fields"), 14))
        .containsExactly("add cognitive_", "architecture_", "fields");
    assertThat(wrap(Phrase.EMPTY.name("cognitive_architecture_fields"), 14))
        .containsExactly("`cognitive_architecture_fields`");
  }

  @Test
  void coloursARunOfWordsAsOne() {
    assertThat(Wrapper.wrap(Phrase.of(Role.DIM, "one two"), 80).getFirst().spans())
        .containsExactly(new Span(Role.DIM, "one two"));
  }

  @Test
  void givesOneEmptyLineForNothing() {
    assertThat(wrap(Phrase.EMPTY, 10)).containsExactly("");
  }
}
