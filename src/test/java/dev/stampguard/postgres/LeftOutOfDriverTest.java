package dev.stampguard.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.ServerVersion;
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

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "unknown",
        "9.0",
        "9.6.24",
        "9.6beta2",
        "13",
        "13.0",
        "15.8 (Debian 15.8-1.pgdg120+1)",
        "16beta1",
        "17devel",
        "18.1",
        "90624",
        "150008",
        "14.4.1",
        "13.100"
      })
  void numbersVersionsAsTheDriverDoes(String version) {
    assertThat(LeftOutOfDriver.versionNumber(version))
        .isEqualTo(ServerVersion.from(version).getVersionNum());
  }
}
