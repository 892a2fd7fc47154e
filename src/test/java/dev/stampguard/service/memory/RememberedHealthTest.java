package dev.stampguard.service.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.postgres.ServerMoment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedHealthTest {
  private static final Question QUESTION = new Question("a".repeat(64), Instant.EPOCH);

  @TempDir private Path directory;

  @Test
  void everyPartTellsMomentsApart() {
    var remembered = new RememberedHealth(directory.resolve("new/answer"));
    var parts = new ArrayList<>(Collections.nCopies(ServerMoment.PARTS, "a"));
    var moment = new ServerMoment(parts);
    assertThat(remembered.isOf(QUESTION, moment)).isFalse();
    remembered.keep(QUESTION, moment, Optional.empty(), Instant.now());
    assertThat(remembered.isOf(QUESTION, new ServerMoment(parts))).isTrue();
    assertThat(remembered.isOf(new Question("b".repeat(64), Instant.EPOCH), moment)).isFalse();
    for (int part = 0; part < ServerMoment.PARTS; part++) {
      var other = new ArrayList<>(parts);
      other.set(part, "b");
      assertThat(remembered.isOf(QUESTION, new ServerMoment(other))).isFalse();
    }
  }
}
