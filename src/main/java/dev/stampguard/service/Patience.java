package dev.stampguard.service;

import dev.stampguard.StampguardException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries again while an obstacle may pass by itself.
 *
 * @param limit how long in all; zero tries once
 * @param onWait told once, with the first obstacle, that the run waits
 */
public record Patience(Duration limit, Consumer<StampguardException> onWait) {
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Tries once. */
  public static Patience none() {
    return new Patience(Duration.ZERO, obstacle -> {});
  }

  /**
   * Runs the attempt until it succeeds, fails for good, or the limit is over.
   *
   * @throws StampguardException the last obstacle
   */
  public <T> T attempt(Supplier<T> attempt) {
    long end = System.nanoTime() + limit.toNanos();
    boolean told = false;
    while (true) {
      try {
        return attempt.get();
      } catch (StampguardException e) {
        if (!e.isPassing() || System.nanoTime() - end >= 0) {
          throw e;
        }
        if (!told) {
          onWait.accept(e);
          told = true;
        }
        pause(e);
      }
    }
  }

  private static void pause(StampguardException obstacle) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw obstacle;
    }
  }
}
