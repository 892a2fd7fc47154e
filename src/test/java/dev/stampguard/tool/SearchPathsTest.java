package dev.stampguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPathsTest {
  private static final Set<String> USABLE = Set.of("public", "app", "The App", "a\"b", "deploy");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "unset",
      value = {
        "unset|deploy public",
        "app, public|app public",
        "  App ,\tPUBLIC|app public",
        "\"App\", public|public",
        "\"The App\",\"a\"\"b\"|The App a\"b",
        "$user, app|deploy app",
        "\"$user\"|deploy",
        "pg_catalog, secret, app|app",
        "``|``"
      })
  void readsASettingAsPostgresDoes(String setting, String path) {
    assertThat(String.join(" ", SearchPaths.ofRole("deploy", setting, USABLE))).isEqualTo(path);
  }
}
