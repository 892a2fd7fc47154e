package dev.stampguard.report.text;

import dev.stampguard.tool.Revision;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a revision was written, as far as its script says. */
public final class RevisionDate {
  /** Any of {@code 2025-10-20 15:48:12.3}, {@code 2025-10-20T15:48}, {@code 2025-10-20}. */
  private static final Pattern CREATED =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2}))?.*");

  /** A file name that opens with a date, such as {@code 20251020_1548_add.py}. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?:.*/)?((?:19|20)\\d{2})[-_]?([01]\\d)[-_]?([0-3]\\d)(?:[-_]?([0-2]\\d)([0-5]\\d))?(?:\\d{2})?[-_].*");

  private RevisionDate() {}

  /** {@code 20251020_1548}, {@code 20251020} where no time is known, or nothing. */
  public static String of(Revision revision) {
    return revision
        .created()
        .map(CREATED::matcher)
        .filter(Matcher::matches)
        .or(() -> Optional.of(FILE.matcher(revision.file())).filter(Matcher::matches))
        .map(RevisionDate::compact)
        .orElse("");
  }

  private static String compact(Matcher date) {
    String day = date.group(1) + date.group(2) + date.group(3);
    return date.group(4) == null ? day : day + "_" + date.group(4) + date.group(5);
  }
}
