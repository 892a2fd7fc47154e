package dev.stampguard.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.shaded.com.ongres.saslprep.SASLprep;
import org.postgresql.shaded.com.ongres.stringprep.Option;

/** What the native executable leaves out of the driver is of no use to it. */
class LeftOutOfDriverTest {
  @Test
  void passwordsAreNotFolded() {
    assertThat(new SASLprep().profile())
        .isNotEmpty()
        .doesNotContain(Option.CASE_FOLD_NFKC, Option.CASE_FOLD_NO_NORMALIZATION);
  }
}
