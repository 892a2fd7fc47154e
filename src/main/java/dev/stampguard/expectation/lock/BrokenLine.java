package dev.stampguard.expectation.lock;

/** What is wrong with a line of the lock file, said by whoever does not know which line it is. */
final class BrokenLine extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message goes on where {@code `stampguard.lock:12`} began, without a full stop
   */
  BrokenLine(String message) {
    super(message, null, false, false);
  }
}
