package dev.stampguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.diagnosis.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFactsTest {
  @ParameterizedTest
  @CsvSource({
    "'', migrations/a.py, migrations/a.py",
    "services/planner, migrations/a.py, services/planner/migrations/a.py",
    "services/planner, ../shared/a.py, services/shared/a.py",
    "services/planner, ./a.py, services/planner/a.py",
    "planner, ../../elsewhere/a.py, ../elsewhere/a.py",
    "'', 日本\u202e.py, 日本\u202e.py"
  })
  void aFileIsNamedFromTheRootOfTheRepository(String project, String file, String expected) {
    assertThat(Runs.of(ExitCode.OK, Severity.ERROR, project).inRepository(file))
        .isEqualTo(expected);
  }
}
