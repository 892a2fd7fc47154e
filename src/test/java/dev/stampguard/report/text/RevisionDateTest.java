package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.Revision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionDateTest {
  @ParameterizedTest
  @CsvSource({
    "2025-10-20 15:48:12.345678, x.py, 20251020_1548",
    "2025-10-20T15:48:12+02:00, x.py, 20251020_1548",
    "2025-10-23, 20251023_0000_x.py, 20251023",
    ", migrations/versions/20251020_1548_add.py, 20251020_1548",
    ", versions/2025_10_20_1548-bcacf97a17b8_add.py, 20251020_1548",
    ", versions/20251020154812_add.py, 20251020_1548",
    ", versions/20251023_mge.py, 20251023",
    ", 20251023-mge.py, 20251023",
    ", versions/bcacf97a17b8_add.py, ''",
    ", versions/66518741fa75_add.py, ''",
    ", versions/20259999_add.py, ''",
    "Mon Oct 20, versions/bcacf97a17b8_add.py, ''"
  })
  void comesFromTheScriptOrItsName(String created, String file, String expected) {
    var revision =
        new Revision(
            "x", "", file, 1, List.of(), List.of(), List.of(), Optional.ofNullable(created));

    assertThat(RevisionDate.of(revision)).isEqualTo(expected);
  }
}
