package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockWriterTest {
  @TempDir Path directory;

  private final LockFile lock = RandomHistory.of(new Random(1)).lock();

  @Test
  void replacesTheFileAndLeavesNothingBeside() throws IOException {
    Path file = Files.writeString(directory.resolve(LockFile.NAME), "old");
    assertThat(LockWriter.write(lock, file)).isTrue();
    assertThat(file).hasBinaryContent(LockWriter.bytes(lock));
    try (var all = Files.list(directory)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void everybodyMayReadItWhoMayReadAnyNewFile() throws IOException {
    Path file = directory.resolve(LockFile.NAME);
    LockWriter.write(lock, file);
    Path plain = Files.writeString(directory.resolve("plain"), "");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = directory.resolve("nowhere").resolve(LockFile.NAME);
    assertThatThrownBy(() -> LockWriter.write(lock, file))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`%s` cannot be written".formatted(file));
  }
}
