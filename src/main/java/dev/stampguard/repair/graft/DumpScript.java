package dev.stampguard.repair.graft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that {@code pg_restore --verbose --file} writes, by the entry each belongs to.
 * What it sets for the session is left out: it is not for it to say how our transaction runs.
 */
public final class DumpScript {
  /** Comes before each entry's statements; verbose only. */
  private static final Pattern ENTRY = Pattern.compile("-- TOC entry (\\d+) \\(class .*");

  private final Map<Integer, List<String>> statements = new HashMap<>();

  private DumpScript() {}

  /** Cuts a script. */
  public static DumpScript parse(String sql) {
    var script = new DumpScript();
    int entry = 0;
    for (StatementCutter.Piece piece : StatementCutter.cut(sql)) {
      for (String line : piece.comment()) {
        Matcher header = ENTRY.matcher(line);
        if (header.matches()) {
          entry = Integer.parseInt(header.group(1));
        }
      }
      if (entry != 0 && !piece.sql().isEmpty() && !isSetting(piece.sql())) {
        script.statements.computeIfAbsent(entry, number -> new ArrayList<>()).add(piece.sql());
      }
    }
    return script;
  }

  /** An entry's statements, without semicolons; none when the script does not have it. */
  List<String> of(TocEntry entry) {
    return statements.getOrDefault(entry.number(), List.of());
  }

  private static boolean isSetting(String sql) {
    String start = sql.substring(0, Math.min(sql.length(), 40)).toLowerCase(Locale.ROOT);
    return start.startsWith("set ") || start.startsWith("select pg_catalog.set_config(");
  }
}
