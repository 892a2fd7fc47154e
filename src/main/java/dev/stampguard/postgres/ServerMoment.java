package dev.stampguard.postgres;

import java.util.List;

/**
 * What a transaction can see, of which server, as whom and by which settings. Two equal ones see
 * the same rows, those of PostgreSQL's own tables included: a snapshot says which transactions are
 * over (<a href="https://www.postgresql.org/docs/current/functions-info.html">{@code
 * pg_current_snapshot}</a>), and as long as the log goes on where it was none was lost in a crash
 * either. Whatever is written anywhere on the server makes another one. A standby has none.
 *
 * @param parts as the server prints them, in the order of {@code server-moment.sql}
 */
public record ServerMoment(List<String> parts) {
  /** How many there are. */
  public static final int PARTS = 7;

  /** How many of them stay the same when something is written. */
  private static final int SESSION = 5;

  /** Which server it is, as whom and by which settings, whatever is written meanwhile. */
  public List<String> session() {
    return parts.subList(0, SESSION);
  }

  public ServerMoment {
    parts = List.copyOf(parts);
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("a moment has " + PARTS + " parts, not " + parts.size());
    }
  }
}
