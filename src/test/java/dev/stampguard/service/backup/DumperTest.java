package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumperTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          public     | users    | "public"."users"
          public     | order    | "public"."order"
          Odd        | a.b      | "Odd"."a.b"
          x.y        | plain    | "x.y"."plain"
          "          | "q" ""   | \"""\"."\""q\"" \"""\""
          """)
  void everyPartOfAPatternIsQuoted(String schema, String name, String pattern) {
    assertThat(Dumper.pattern(new QualifiedName(schema, name).toString())).isEqualTo(pattern);
  }

  @Test
  void howFarItIsIsToldWithItsRate() {
    assertThat(Dumper.told("shop", 1_500_000_000, Duration.ofSeconds(30)))
        .isEqualTo("dumping `shop`: 1.5 GB written, 50.0 MB/s");
    assertThat(Dumper.told("shop", 0, Duration.ZERO))
        .isEqualTo("dumping `shop`: 0 bytes written, 0 bytes/s");
  }
}
