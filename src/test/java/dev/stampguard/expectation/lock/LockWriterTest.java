package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.LeftOvers;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void whatADeadWriterLeftIsSweptAndWhatALivingOneWritesIsNot() throws Exception {
    Path file = directory.resolve(LockFile.NAME);
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path left = Files.writeString(LeftOvers.beside(file, dead.pid()), "half a lo");
    Path ours = Files.writeString(LeftOvers.beside(file, ProcessHandle.current().pid()), "half");
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Path living = Files.writeString(LeftOvers.beside(file, parent), "half a lock f");
    Path strangers = Files.writeString(directory.resolve(".stampguard.lock.backup"), "mine");

    LockWriter.write(lock, file);

    assertThat(left).doesNotExist();
    assertThat(ours).doesNotExist();
    assertThat(living).hasContent("half a lock f");
    assertThat(strangers).hasContent("mine");
    assertThat(LockReader.read(file)).contains(lock);
  }

  @Test
  void aKilledWriterLeavesAWholeFileAndTheNextOneTidiesUp() throws Exception {
    Path file = directory.resolve(LockFile.NAME);
    var random = new Random(7);
    for (int i = 0; i < 3; i++) {
      Process writer = LockWriterProcess.start(file);
      try (var said = writer.inputReader()) {
        assertThat(said.readLine()).isEqualTo("writing");
        Thread.sleep(random.nextInt(20));
      } finally {
        writer.destroyForcibly().waitFor();
      }
      assertThat(LockReader.read(file).orElseThrow())
          .isIn(LockWriterProcess.lock(1), LockWriterProcess.lock(2));
    }

    LockWriter.write(lock, file);

    try (var all = Files.list(directory)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void writersAtTheSameTimeNeverMix() throws Exception {
    Path file = directory.resolve(LockFile.NAME);
    List<Process> writers = List.of(LockWriterProcess.start(file), LockWriterProcess.start(file));
    try {
      for (Process writer : writers) {
        assertThat(writer.inputReader().readLine()).isEqualTo("writing");
      }
      for (int i = 0; i < 50; i++) {
        assertThat(LockReader.read(file).orElseThrow())
            .isIn(LockWriterProcess.lock(1), LockWriterProcess.lock(2));
      }
      assertThat(writers).allMatch(Process::isAlive);
    } finally {
      for (Process writer : writers) {
        writer.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = directory.resolve("nowhere").resolve(LockFile.NAME);
    assertThatThrownBy(() -> LockWriter.write(lock, file))
        .isInstanceOf(StampguardException.class)
        .hasMessage("`%s` cannot be written".formatted(file));
  }
}
