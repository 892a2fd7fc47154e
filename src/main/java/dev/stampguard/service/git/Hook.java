package dev.stampguard.service.git;

/** The hooks of git that take a block of ours. */
public enum Hook {
  PRE_PUSH("pre-push", "push"),
  PRE_COMMIT("pre-commit", "commit");

  private final String file;
  private final String guarded;

  Hook(String file, String guarded) {
    this.file = file;
    this.guarded = guarded;
  }

  /** The file's name, which is git's name of the hook. */
  public String file() {
    return file;
  }

  /** What it can stop, which is also the git command that runs it. */
  public String guarded() {
    return guarded;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return file;
  }
}
