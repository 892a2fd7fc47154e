package dev.stampguard.cli;

import dev.stampguard.expectation.replay.ReplayProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that says how far a task is, written over itself and erased when it is
 * closed. Elsewhere it says nothing.
 */
final class ProgressLine implements ReplayProgress, AutoCloseable {
  private static final long BETWEEN_UPDATES = 100_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Back to the first column, and erase to the end of the line. */
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean isTerminal;
  private final LongSupplier nanos;
  private final long start;
  private long last;
  private boolean shown;

  /**
   * @param isTerminal whether a person looks at {@code err} and wants to be told
   */
  ProgressLine(PrintStream err, boolean isTerminal) {
    this(err, isTerminal, System::nanoTime);
  }

  /**
   * @param nanos a clock in nanoseconds, from any origin
   */
  ProgressLine(PrintStream err, boolean isTerminal, LongSupplier nanos) {
    this.err = err;
    this.isTerminal = isTerminal;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.last = start;
  }

  @Override
  public void advanced(int done, int total) {
    show("replaying %s of %s revisions", done, total);
  }

  /**
   * Says how far something is, how fast it goes and how long it takes yet.
   *
   * @param what with a place for each of the two numbers
   */
  synchronized void show(String what, int done, int total) {
    show(now -> text(what, done, total, (now - start) / NANOS_PER_SECOND));
  }

  /** Says what is being done at this moment. */
  synchronized void show(String text) {
    show(now -> text);
  }

  private void show(LongFunction<String> text) {
    if (!isTerminal) {
      return;
    }
    long now = nanos.getAsLong();
    if (now - last < BETWEEN_UPDATES) {
      return;
    }
    last = now;
    shown = true;
    err.print(ERASE + text.apply(now));
    err.flush();
  }

  private static String text(String what, int done, int total, double seconds) {
    double rate = done / seconds;
    long left = (long) Math.ceil((total - done) / rate);
    return String.format(
        Locale.ROOT,
        what + ", %s/s, %s left",
        done,
        total,
        rate < 10 ? String.format(Locale.ROOT, "%.1f", rate) : Long.toString(Math.round(rate)),
        left < 60
            ? left + " s"
            : String.format(Locale.ROOT, "%d min %02d s", left / 60, left % 60));
  }

  /** Erases what it showed. */
  @Override
  public synchronized void close() {
    if (shown) {
      err.print(ERASE);
      err.flush();
      shown = false;
    }
  }
}
