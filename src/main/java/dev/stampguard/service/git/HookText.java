package dev.stampguard.service.git;

import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a hook file, one character a byte, and one project's block in it. The block stands
 * right behind the shebang: what stands further down may never be reached, behind an {@code exec}
 * or an {@code exit}; those of several projects stand one behind another.
 */
final class HookText {
  /** What a file that we make holds beside the block. */
  static final String NEW = "#!/bin/sh\n";

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final Pattern SHELL =
      Pattern.compile(
          "#![ \t]*(\\S*/)?((env|busybox)[ \t]+(-S[ \t]+)?(\\S*/)?)?(sh|bash|dash|ash|ksh|mksh)([ \t].*)?");

  private static final String BEGIN = "# >>> stampguard hook ";
  private static final String KEPT = " >>> kept by `stampguard hook`";
  private static final String OF = " of ";

  private final Hook hook;
  private final String name;
  private final String owner;

  /**
   * @param name the file's name in messages
   * @param owner the project, as the lines that mark its block name it; empty for the one at the
   *     top
   */
  HookText(Hook hook, String name, String owner) {
    this.hook = hook;
    this.name = name;
    this.owner = owner;
  }

  /**
   * How the lines that mark a block name a project.
   *
   * @param project relative to the top, with forward slashes; empty when it is the top
   */
  static String owner(String project) {
    return project.isEmpty() ? "" : ShellWords.quote(CONTROL.matcher(project).replaceAll("?"));
  }

  /** Whose blocks there are, in the file's order. */
  static List<String> owners(Hook hook, String text) {
    String begin = BEGIN + hook.file();
    return ofBytes(text)
        .lines()
        .filter(line -> line.startsWith(begin) && line.contains(KEPT))
        .map(line -> line.substring(begin.length(), line.indexOf(KEPT)))
        .filter(of -> of.isEmpty() || of.startsWith(OF))
        .map(of -> of.isEmpty() ? "" : of.substring(OF.length()))
        .distinct()
        .toList();
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
    String lines = begin() + origin.words + "\n" + asBytes(block.lines()) + end();
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
    Origin origin = origin(text.substring(from, text.indexOf('\n', from)));
    int to = last + end().length();
    // At the very end of a file the line end before the block is ours, not the one behind it.
    String rest =
        to == text.length()
            ? text.substring(0, from - 1)
            : text.substring(0, from) + text.substring(to + 1);
    return Optional.of(new Parts(origin, rest));
  }

  private static Origin origin(String first) {
    return Arrays.stream(Origin.values())
        .filter(known -> first.endsWith(KEPT + known.words))
        .findFirst()
        .orElse(Origin.FOUND);
  }

  /** How the file was before the first block came; empty when there is none. */
  static Optional<Origin> origin(Hook hook, String text) {
    return text.lines()
        .filter(line -> line.startsWith(BEGIN + hook.file()) && line.contains(KEPT))
        .map(HookText::origin)
        .findFirst();
  }

  private static int lineStart(String text, String line) {
    if (text.startsWith(line)) {
      return 0;
    }
    int at = text.indexOf("\n" + line);
    return at < 0 ? -1 : at + 1;
  }

  private String begin() {
    return asBytes(BEGIN + hook.file() + of() + KEPT);
  }

  private String end() {
    return asBytes("# <<< stampguard hook " + hook.file() + of() + " <<<");
  }

  private String of() {
    return owner.isEmpty() ? "" : OF + owner;
  }

  /** One character a byte, as the file is read. */
  private static String asBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String ofBytes(String text) {
    return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
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
