package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanonicalTextTest {
  @Test
  void movesAnArraysCastIntoItsElements() {
    assertThat(
            CanonicalText.of(
                "CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))"))
        .isEqualTo(
            "CHECK (((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))");
  }

  @Test
  void looksIntoElements() {
    assertThat(
            CanonicalText.of("(ARRAY[f(x, y), (ARRAY['1'::a])::b[], \"c,]\".d])::numeric(3,1)[]"))
        .isEqualTo(
            "ARRAY[(f(x, y))::numeric(3,1), (ARRAY[('1'::a)::b])::numeric(3,1), (\"c,]\".d)::numeric(3,1)]");
  }

  @Test
  void leavesQuotedTextAndPlainArraysAlone() {
    String text =
        "x = '(ARRAY[''a''])::text[]' AND y = ANY (ARRAY['a'::text]) AND \"(ARRAY[1])::text[]\" = 1";
    assertThat(CanonicalText.of(text)).isEqualTo(text);
  }

  @Test
  void isStable() {
    String once =
        CanonicalText.of("((ARRAY['it''s'::character varying, '],'::character varying])::text[])");
    assertThat(once)
        .isEqualTo("(ARRAY[('it''s'::character varying)::text, ('],'::character varying)::text])");
    assertThat(CanonicalText.of(once)).isEqualTo(once);
  }

  @Test
  void seesWhatWentAwayButNotWhatSomebodyWrote() {
    assertThat(CanonicalText.namesSomethingGone("x ???")).isTrue();
    assertThat(CanonicalText.namesSomethingGone("x = 'what???'")).isFalse();
  }
}
