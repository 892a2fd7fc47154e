package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks a person. */
final class Question {
  private final Invocation invocation;

  Question(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Requires that somebody can answer.
   *
   * @throws StampguardException (refused) when nobody can
   */
  void requireAnswerable() {
    if (!invocation.inIsTerminal() || !invocation.errIsTerminal()) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "nobody can be asked here whether the plan is to be applied",
          "review it, then say `--yes` as well");
    }
  }

  /** Asks on standard error, and takes the answer from standard input; anything but yes is no. */
  boolean isAnsweredYes(String question) {
    invocation.err().print(question + " [y/N] ");
    invocation.err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null
          && (answer.strip().toLowerCase(Locale.ROOT).equals("y")
              || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
    } catch (IOException e) {
      return false;
    }
  }
}
