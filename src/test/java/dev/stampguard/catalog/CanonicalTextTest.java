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
  void movesCastsOfCasts() {
    assertThat(CanonicalText.of("((ARRAY['a'::a])::b[])::c[]"))
        .isEqualTo("ARRAY[(('a'::a)::b)::c]");
  }

  @Test
  void flattensWhatIsJoinedByOneOperator() {
    assertThat(CanonicalText.of("CHECK ((((a > 1) AND (a < 5)) AND ((b OR c) OR (d AND e))))"))
        .isEqualTo("CHECK (((a > 1) AND (a < 5) AND (b OR c OR (d AND e))))");
    String others = "((a AND b) OR (c AND ' AND ((x'::text)) OVER (RANGE BETWEEN (1) AND (2))";
    assertThat(CanonicalText.of(others)).isEqualTo(others);
  }

  @Test
  void readsNegatedNumbersAsNumbers() {
    assertThat(CanonicalText.of("((- 4) + (- 1.50)) - (- a) + (- (- 2.5)) + (- (- (- 3)))"))
        .isEqualTo("('-4'::integer + '-1.50'::numeric) - (- a) + 2.5 + '-3'::integer");
  }

  @Test
  void castsALiteralOnce() {
    assertThat(
            CanonicalText.of(
                "ARRAY[('it''s'::character varying)::character varying(3), ('a'::text)::bpchar(2)]"))
        .isEqualTo("ARRAY['it''s'::character varying(3), ('a'::text)::bpchar(2)]");
  }

  @Test
  void printsValuesInOneWay() {
    assertThat(CanonicalText.of("SELECT n FROM ( VALUES (1), (2)) v(n) WHERE n <> '( VALUES '"))
        .isEqualTo("SELECT n FROM (VALUES (1), (2)) v(n) WHERE n <> '( VALUES '");
  }

  @Test
  void leavesOutTheColumnsOfOwnFunctionsInFrom() {
    assertThat(
            CanonicalText.of(
                "SELECT f.a FROM \"S t\".f((1 + 2)) f(a, \"B\"), s.g() WITH ORDINALITY g(a, o),"
                    + " unnest(x) u(v), ( SELECT 1) q(w), s.h() h(a integer)"))
        .isEqualTo(
            "SELECT f.a FROM \"S t\".f((1 + 2)) f, s.g() WITH ORDINALITY g,"
                + " unnest(x) u(v), ( SELECT 1) q(w), s.h() h(a integer)");
  }

  @Test
  void rewritesTheHeadOfAFunctionOnly() {
    String rest = "\n LANGUAGE sql\nAS $function$SELECT (ARRAY['a'::a])::b[]$function$\n";
    assertThat(CanonicalText.ofFunction("f(x b[] DEFAULT (ARRAY['a'::a])::b[])" + rest))
        .isEqualTo("f(x b[] DEFAULT ARRAY[('a'::a)::b])" + rest);
  }

  @Test
  void seesWhatWentAwayButNotWhatSomebodyWrote() {
    assertThat(CanonicalText.namesSomethingGone("x ???")).isTrue();
    assertThat(CanonicalText.namesSomethingGone("x = 'what???'")).isFalse();
  }
}
