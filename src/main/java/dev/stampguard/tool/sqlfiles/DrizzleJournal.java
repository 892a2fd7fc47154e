package dev.stampguard.tool.sqlfiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Drizzle's list of migrations: a file, and since version 1 the folders they are in. */
final class DrizzleJournal {
  static final String SCRIPT = "migration.sql";
  private static final Pattern FOLDER = Pattern.compile("\\d{14}(?:_.*)?");

  private DrizzleJournal() {}

  /**
   * One migration.
   *
   * @param tag its file's name without the ending
   * @param when milliseconds since 1970
   */
  record Entry(String tag, long when) {}

  /** The migrations that have a folder each, whose name begins with the moment in UTC. */
  static List<Entry> folders(Path directory) {
    return ScriptFiles.list(directory).stream()
        .filter(folder -> FOLDER.matcher(ScriptFiles.name(folder)).matches())
        .filter(folder -> Files.isRegularFile(folder.resolve(SCRIPT)))
        .map(folder -> new Entry(ScriptFiles.name(folder), moment(ScriptFiles.name(folder))))
        .toList();
  }

  /** As {@code formatToMillis} computes it: what is too large goes over to what is above it. */
  private static long moment(String name) {
    return LocalDate.of(Integer.parseInt(name.substring(0, 4)), 1, 1)
        .plusMonths(Integer.parseInt(name.substring(4, 6)) - 1)
        .plusDays(Integer.parseInt(name.substring(6, 8)) - 1)
        .atStartOfDay()
        .plusHours(Integer.parseInt(name.substring(8, 10)))
        .plusMinutes(Integer.parseInt(name.substring(10, 12)))
        .plusSeconds(Integer.parseInt(name.substring(12, 14)))
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

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
