package dev.stampguard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "2s, PT2S", "1m, PT1M", "30, PT30S", "0, PT0S", "' 7s ', PT7S"})
  void readsEveryUnit(String text, Duration duration) {
    assertThat(Durations.parse(text, "--wait")).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "1h", "-1s", "1.5s", "1 s", "12345678901"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Durations.parse(text, "--wait"))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`--wait` is not a duration: `%s`", text);
  }

  @ParameterizedTest
  @CsvSource({"12h, PT12H", "30d, PT720H", "8w, PT1344H", "0d, PT0S"})
  void readsAges(String text, Duration age) {
    assertThat(Durations.parseAge(text, "--older-than")).isEqualTo(age);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "30 d", "-1d", "1m", "1y", "1234567d"})
  void refusesOtherAges(String text) {
    assertThatThrownBy(() -> Durations.parseAge(text, "--older-than"))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`--older-than` is not an age: `%s`", text);
  }
}
