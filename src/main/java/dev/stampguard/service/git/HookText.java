package dev.stampguard.service.git;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a hook file, one character a byte. The block stands right behind the shebang: what
 * stands further down may never be reached, behind an {@code exec} or an {@code exit}.
 */
final class HookText {
  /** What a file that we make holds beside the block. */
  static final String NEW = "#!/bin/sh\n";

  private static final Pattern SHELL =
      Pattern.compile(
          "#![ \t]*(\\S*/)?((env|busybox)[ \t]+(-S[ \t]+)?(\\S*/)?)?(sh|bash|dash|ash|ksh|mksh)([ \t].*)?");

  private final Hook hook;
  private final String name;

  /**
   * @param name the file's name in messages
   */
  HookText(Hook hook, String name) {
    this.hook = hook;
    this.name = name;
  }

  /** How the file was before the block came, which its first line remembers. */
  enum Origin {
    /** It was there, and git ran it. */
    FOUND(""),
    /** It was there, and git ignored it. */
    NOT_EXECUTABLE(" (the file was not executable)"),
    /** It was not there. */
    MADE(" (the file was not there)");

    private final String words;

    Origin(String words) {
      this.words = words;
    }
  }

  /**
   * A file taken apart.
   *
   * @param rest the file without the block
   */
  record Parts(Origin origin, String rest) {}

  /**
   * The file with the block.
   *
   * @param rest the file without it
   * @throws StampguardException (refused) when it is no shell script
   */
  String with(Origin origin, HookBlock block, String rest) {
    requireShell(rest);
    String lines = begin() + origin.words + "\n" + block.lines() + end();
    int behind = rest.startsWith("#!") ? rest.indexOf('\n') + 1 : 0;
    return rest.startsWith("#!") && behind == 0
        ? rest + "\n" + lines
        : rest.substring(0, behind) + lines + "\n" + rest.substring(behind);
  }

  /**
   * Takes the block out; empty when there is none.
   *
   * @throws StampguardException (refused) when only one of the lines that mark it is there
   */
  Optional<Parts> without(String text) {
    int from = lineStart(text, begin());
    int last = lineStart(text, end());
    if (from < 0 && last < 0) {
      return Optional.empty();
    }
    if (from < 0 || last < from) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` was left alone: one of the two lines that mark stampguard's block is gone"
              .formatted(name),
          "take the rest of the block out by hand; then `stampguard hook install`");
    }
    String first = text.substring(from, text.indexOf('\n', from));
    Origin origin =
        Arrays.stream(Origin.values())
            .filter(known -> first.equals(begin() + known.words))
            .findFirst()
            .orElse(Origin.FOUND);
    int to = last + end().length();
    // At the very end of a file the line end before the block is ours, not the one behind it.
    String rest =
        to == text.length()
            ? text.substring(0, from - 1)
            : text.substring(0, from) + text.substring(to + 1);
    return Optional.of(new Parts(origin, rest));
  }

  private static int lineStart(String text, String line) {
    if (text.startsWith(line)) {
      return 0;
    }
    int at = text.indexOf("\n" + line);
    return at < 0 ? -1 : at + 1;
  }

  private String begin() {
    return "# >>> stampguard hook " + hook.file() + " >>> kept by `stampguard hook`";
  }

  private String end() {
    return "# <<< stampguard hook " + hook.file() + " <<<";
  }

  private void requireShell(String text) {
    String first = text.substring(0, text.contains("\n") ? text.indexOf('\n') : text.length());
    boolean isShell = first.startsWith("#!") ? SHELL.matcher(first).matches() : true;
    if (!isShell || first.endsWith("\r") || text.indexOf('\0') >= 0) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "`%s` was left alone: it is no script of a POSIX shell%s"
              .formatted(name, first.startsWith("#!") ? " (`" + first.strip() + "`)" : ""),
          "call it from a shell script of that name, or run `stampguard check --offline` in it");
    }
  }
}
