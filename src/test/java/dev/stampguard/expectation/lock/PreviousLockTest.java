package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviousLockTest {
  @TempDir Path directory;

  private final RandomHistory history = RandomHistory.linear(new Random(1));
  private Path file;

  @BeforeEach
  void place() {
    file = directory.resolve(LockFile.NAME);
  }

  private PreviousLock previous() {
    return PreviousLock.of(file, history.graph(), history.scripts());
  }

  @Test
  void noFileIsAbsent() {
    assertThat(previous()).isEqualTo(new PreviousLock.Absent());
  }

  @Test
  void theSameScriptsLeaveItIntactWithoutDrift() {
    LockWriter.write(history.lock(), file);
    assertThat(previous()).isEqualTo(new PreviousLock.Intact(history.lock(), LockDrift.NONE));
  }

  @Test
  void newScriptsAreItsDrift() {
    LockFile written = history.lock();
    LockWriter.write(written, file);
    history.add("new");
    assertThat(previous())
        .isEqualTo(
            new PreviousLock.Intact(
                written, new LockDrift(List.of("new"), List.of(), List.of(), List.of())));
  }

  @Test
  void aMergeMarkerBreaksItAndDoesNotKeepItFromBeingReplaced() throws IOException {
    LockWriter.write(history.lock(), file);
    Files.writeString(file, "<<<<<<< ours\n" + Files.readString(file));
    assertThat(previous())
        .isEqualTo(new PreviousLock.Broken("`%s:1` holds a merge marker of git".formatted(file)));

    assertThat(LockWriter.write(history.lock(), file)).isTrue();
    assertThat(previous()).isEqualTo(new PreviousLock.Intact(history.lock(), LockDrift.NONE));
  }
}
