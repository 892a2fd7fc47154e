package dev.stampguard.report;

import dev.stampguard.ExitCode;
import dev.stampguard.report.FleetLine.Failed;
import dev.stampguard.report.FleetLine.Judged;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What many lines come to. */
public final class FleetTotals {
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private ExitCode worst = ExitCode.OK;
  private int lines;

  /** Counts one more. */
  public void add(FleetLine line) {
    lines++;
    worst = worst.orWorse(line.exitCode());
    counts.merge(word(line), 1, Integer::sum);
  }

  /** How the run ends: as the worst of its lines. */
  public ExitCode worst() {
    return worst;
  }

  /** How many lines there were. */
  public int lines() {
    return lines;
  }

  /** How many there were of each word, in the order in which the words came up. */
  public Map<String, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** A line in a word or two: the verdict, or what stood in its way. */
  public static String word(FleetLine line) {
    return switch (line) {
      case Judged judged -> judged.report().verdict().label();
      case Failed failed ->
          switch (failed.exitCode()) {
            case NO_ACCESS -> "no access";
            case REFUSED -> "refused";
            case INTERRUPTED -> "interrupted";
            case OK, INTERNAL, USAGE, FINDINGS, CHANGE_FAILED -> "failed";
          };
    };
  }
}
