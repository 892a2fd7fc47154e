package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource({
    "unmatched argument: `postgresql://u:pw@h/d`,unmatched argument: `postgresql://u:***@h/d`",
    "postgresql://u:p@w:x/y@h/d,postgresql://u:***@h/d",
    "postgresql://:pw@h/d,postgresql://:***@h/d",
    "there is no database `u:pw@h`,there is no database `u:***@h`",
    "host=h password=pw user=u,host=h password=*** user=u",
    "jdbc:postgresql://h/d?user=u&password=pw&ssl=true,jdbc:postgresql://h/d?user=u&password=***&ssl=true",
  })
  void hidesPasswords(String text, String masked) {
    assertThat(Masking.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u@h:5432/d",
        "postgresql://u@[::1]:5432/d",
        "`devmatrix` on localhost:5432",
        ".env:3 DATABASE_URL",
        "write to me@example.org"
      })
  void leavesEverythingElse(String text) {
    assertThat(Masking.mask(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "postgresql://u:p:w/x@h:1/d?sslmode=disable|postgresql://u@h:1/d?sslmode=disable",
        "postgresql+psycopg2://u:pw@h/d|postgresql+psycopg2://u@h/d",
        "jdbc:postgresql://h/d?user=u&password=pw&ssl=true|jdbc:postgresql://h/d?user=u&ssl=true",
        "postgresql://h/d?password=pw|postgresql://h/d",
        "host=h password = 'p w\\'s' user=u|host=h user=u",
        "host=h user=u password=p\\ w|host=h user=u",
        "postgresql://u@h/d|postgresql://u@h/d",
      })
  void takesPasswordsOut(String text, String left) {
    assertThat(Masking.withoutPassword(text)).isEqualTo(left);
  }
}
