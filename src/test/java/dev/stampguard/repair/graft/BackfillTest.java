package dev.stampguard.repair.graft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          integer                     | 0
          numeric(10,2)               | 0
          character varying(50)       | ''
          text COLLATE pg_catalog."C" | ''
          boolean                     | false
          timestamp(3) with time zone | now()
          text[]                      | '{}'
          jsonb                       | '{}'
          uuid                        | gen_random_uuid()
          """)
  void aValueThatStandsForNoneIsProposed(String type, String expression) {
    assertThat(Backfill.proposal(type)).hasValue(expression);
    assertThat(Backfill.remark(type)).endsWith("for example `%s`".formatted(expression));
  }

  @Test
  void aTypeOfSomebodysOwnHasNone() {
    assertThat(Backfill.proposal("public.mood")).isEmpty();
    assertThat(Backfill.remark("public.mood")).endsWith("every row needs a value");
  }
}
