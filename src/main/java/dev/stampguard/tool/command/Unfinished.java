package dev.stampguard.tool.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something that is to come to its end although we are told to end: a ledger must not keep what was
 * written for the time of a run. A process that is killed outright has no time for that.
 */
final class Unfinished implements AutoCloseable {
  private static final long SECONDS = 10;

  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread atExit = new Thread(this::await, "stampguard-ledger");

  private Unfinished() {}

  static Unfinished begin() {
    var unfinished = new Unfinished();
    Runtime.getRuntime().addShutdownHook(unfinished.atExit);
    return unfinished;
  }

  private void await() {
    try {
      end.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It has come to its end. */
  void done() {
    end.countDown();
  }

  @Override
  public void close() {
    done();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // We are ending: it runs, and need not wait any more.
    }
  }
}
