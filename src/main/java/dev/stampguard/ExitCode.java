package dev.stampguard;

/** What a script learns from a run: the one list of exit codes, printed by {@code --help}. */
public enum ExitCode {
  OK(0, "healthy, or done"),
  INTERNAL(1, "internal error"),
  USAGE(2, "usage or configuration"),
  FINDINGS(3, "findings at or above --fail-on, or verdict unknown"),
  REFUSED(4, "refused: stale plan, hazard not allowed, lock held, schema is changing"),
  NO_ACCESS(5, "cannot connect, or not permitted"),
  CHANGE_FAILED(6, "a change failed and was rolled back, or `restore` is advised"),
  INTERRUPTED(130, "interrupted");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /**
   * The heavier of two, for one run over many databases. What is proven wrong comes before what
   * could not be looked at, that before what may pass by itself; an answer that cannot be trusted
   * at all, because stampguard itself or its configuration failed, before all of these.
   */
  public ExitCode orWorse(ExitCode other) {
    return other.weight() > weight() ? other : this;
  }

  private int weight() {
    return switch (this) {
      case OK -> 0;
      case REFUSED -> 1;
      case NO_ACCESS -> 2;
      case FINDINGS -> 3;
      case CHANGE_FAILED -> 4;
      case USAGE -> 5;
      case INTERNAL -> 6;
      case INTERRUPTED -> 7;
    };
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }

  /** One line for a person. */
  public String meaning() {
    return meaning;
  }
}
