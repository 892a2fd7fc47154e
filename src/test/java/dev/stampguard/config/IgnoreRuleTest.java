package dev.stampguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRuleTest {
  private static IgnoreRule rule(String text) {
    return IgnoreRule.parse(new Setting(text, "here"));
  }

  @ParameterizedTest
  @CsvSource({
    "table public.legacy_*, table public.legacy_a, true",
    "table public.legacy_*, table public.legacy_, true",
    "table public.legacy_*, table public.legacy, false",
    "table public.legacy_*, column public.legacy_a.b, false",
    "* public.*, column public.users.email, true",
    "table public.a?, table public.ab, true",
    "table public.a?, table public.a, false",
    "table public.a.b, table public.axb, false",
    "function public.f(integer), function public.f(integer), true",
  })
  void theGlobCoversTheWholeName(String glob, String object, boolean matches) {
    assertThat(rule("SG112:" + glob).matches("SG112", object)).isEqualTo(matches);
    assertThat(rule("SG112:" + glob).matches("SG105", object)).isFalse();
  }

  @Test
  void aHashInsideAQuotedIdentifierStartsNoReason() {
    var rule = rule("SG105: column public.\"a #1\".b   # odd, but # old");

    assertThat(rule.glob()).isEqualTo("column public.\"a #1\".b");
    assertThat(rule.reason()).isEqualTo("odd, but # old");
    assertThat(rule.matches("SG105", "column public.\"a #1\".b")).isTrue();
  }
}
