package dev.stampguard.tool.python;

/** Text that is not Python: Python itself would refuse it too. */
public final class PythonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  PythonSyntaxException(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  /** The 1-based line where reading stopped. */
  public int line() {
    return line;
  }
}
