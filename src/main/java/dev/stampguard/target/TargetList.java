package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.ArrayList;
import java.util.List;

/** A list of databases, one a line, as a file holds it. */
public final class TargetList {
  private TargetList() {}

  /**
   * Reads the list. What a line leaves open is filled as for any other source: from its service,
   * PG* variables, the environment file and the password file.
   *
   * @param text one URL, or libpq's words, a line; empty lines and those that begin with {@code #}
   *     do not count
   * @param name what the list is called, for messages and as the targets' source
   * @param request what fills gaps; its own URLs are not looked at
   * @return in the list's order; never empty
   * @throws StampguardException (usage) at a line that is none of these, by file and line and
   *     without repeating it; and when there is no line at all
   */
  public static List<Target> parse(String text, String name, TargetRequest request) {
    LibpqDefaults defaults = new TargetResolver().defaults(request);
    var targets = new ArrayList<Target>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String entry = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
      if (!entry.isBlank() && !entry.stripLeading().startsWith("#")) {
        String source = name + ":" + number;
        targets.add(defaults.complete(DatabaseUrl.parse(entry, source), source).target());
      }
    }
    if (targets.isEmpty()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` names no database".formatted(name),
          "write one URL a line: `postgresql://USER@HOST:5432/DATABASE`");
    }
    return targets;
  }
}
