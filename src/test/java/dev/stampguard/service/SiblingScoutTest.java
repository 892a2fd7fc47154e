package dev.stampguard.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Neighbours that cannot be looked at are left out, and the others are told all the same. */
class SiblingScoutTest {
  private static final Sibling GOOD = new Sibling("good", Verdict.CONSISTENT, 3);

  private static Optional<Sibling> look(String database) {
    return switch (database) {
      case "good" -> Optional.of(GOOD);
      case "other" -> Optional.empty();
      case "forbidden" ->
          throw new StampguardException(ExitCode.NO_ACCESS, "permission denied for it", null);
      case "odd" -> throw new IllegalStateException("holds a secret");
      case "slow" -> {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        yield Optional.empty();
      }
      default -> throw new AssertionError(database);
    };
  }

  @Test
  void whateverGoesWrongWithOneLeavesTheOthers() {
    var sighting =
        SiblingScout.look(
            List.of("odd", "good", "forbidden", "other"),
            SiblingScoutTest::look,
            Duration.ofMinutes(1));
    assertThat(sighting.siblings()).containsExactly(GOOD);
    assertThat(sighting.leftOut())
        .containsExactly(
            "`forbidden` was left out: permission denied for it",
            "`odd` was left out: it could not be judged (IllegalStateException)");
  }

  @Test
  void whoDoesNotAnswerInTimeIsLeftOut() {
    var sighting =
        SiblingScout.look(List.of("slow"), SiblingScoutTest::look, Duration.ofMillis(20));
    assertThat(sighting.siblings()).isEmpty();
    assertThat(sighting.leftOut())
        .containsExactly("`slow` was left out: it took longer than 20 ms");
  }
}
