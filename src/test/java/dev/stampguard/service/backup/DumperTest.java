package dev.stampguard.service.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
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
}
