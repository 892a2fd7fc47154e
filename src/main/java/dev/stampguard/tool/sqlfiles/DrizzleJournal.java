package dev.stampguard.tool.sqlfiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Drizzle's list of migrations. */
final class DrizzleJournal {
  private DrizzleJournal() {}

  /**
   * One migration.
   *
   * @param tag its file's name without the ending
   * @param when milliseconds since 1970
   */
  record Entry(String tag, long when) {}

  /** Whether it is of a project that uses PostgreSQL. */
  static boolean isForPostgres(String json) {
    return !json.contains("\"mysql\"") && !json.contains("\"sqlite\"");
  }

  static List<Entry> entries(String json) {
    var entries = new ArrayList<Entry>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      String tag = null;
      long when = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals("tag")) {
          tag = parser.nextTextValue();
        } else if (token == JsonToken.FIELD_NAME && parser.currentName().equals("when")) {
          when = parser.nextLongValue(0);
        } else if (token == JsonToken.END_OBJECT && tag != null) {
          entries.add(new Entry(tag, when));
          tag = null;
        }
      }
      return entries;
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "Drizzle's `meta/_journal.json` is not JSON",
          "correct its syntax; a merge may have left marks in it");
    }
  }
}
