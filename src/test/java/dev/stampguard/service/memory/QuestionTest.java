package dev.stampguard.service.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.Folders;
import dev.stampguard.tool.Premises;
import dev.stampguard.tool.alembic.AlembicTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
  private static final String SCRIPT = "migrations/versions/0002_orders.py";

  @TempDir private Path project;

  @BeforeEach
  void copy() {
    Folders.copy(Path.of("src/main/launcher/training/project"), project);
  }

  private Question ask(String... facts) {
    Premises premises = new AlembicTool().detect(project).orElseThrow().premises().orElseThrow();
    Premises all =
        premises.and(
            List.of(facts), List.of(project.resolve("stampguard.lock"), project.resolve("absent")));
    return Question.of(all.facts(), all.files()).orElseThrow();
  }

  @Test
  void theSameFilesAskTheSame() {
    assertThat(ask("a", "b")).isEqualTo(ask("a", "b"));
  }

  @ParameterizedTest
  @CsvSource({"a,b,ab,''", "a,b,b,a", "a,b,a,''"})
  void otherFactsAskAnother(String first, String second, String other, String last) {
    assertThat(ask(first, second).digest()).isNotEqualTo(ask(other, last).digest());
  }

  @ParameterizedTest
  @CsvSource({SCRIPT, "stampguard.lock", "absent"})
  void aFileThatIsWrittenAsksAnother(String file) throws IOException {
    Question before = ask();
    Files.writeString(
        project.resolve(file), "# more", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    assertThat(ask().digest()).isNotEqualTo(before.digest());
    assertThat(ask().changed()).isAfterOrEqualTo(before.changed());
  }

  @Test
  void aScriptMoreAsksAnother() throws IOException {
    Question before = ask();
    Files.writeString(
        project.resolve("migrations/versions/0003_more.py"),
        "revision = '0003'\ndown_revision = '0002'\n");
    assertThat(ask().digest()).isNotEqualTo(before.digest());
  }

  /** A copy may bring its old time along, but not the time at which it was made. */
  @Test
  void whenAFileWasReplacedIsKnownWhateverItsTimeSays() throws IOException {
    Instant start = Instant.now().minusSeconds(1);
    Path script = project.resolve(SCRIPT);
    Files.setLastModifiedTime(script, FileTime.from(Instant.EPOCH));
    assertThat(ask().changed()).isAfter(start);
  }
}
