package dev.stampguard.report.text;

import dev.stampguard.StampguardException;
import dev.stampguard.report.BackupReport;
import dev.stampguard.report.ComparisonReport;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.FindingHelp;
import dev.stampguard.report.FleetLine;
import dev.stampguard.report.FleetTotals;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.OfflineReport;
import dev.stampguard.report.RepairReport;
import dev.stampguard.report.Report;
import dev.stampguard.report.RestoreReport;
import dev.stampguard.report.SnapshotReport;
import dev.stampguard.report.SyncReport;
import dev.stampguard.report.TargetReport;
import dev.stampguard.report.Terminal;
import java.util.Objects;

/** Puts reports into words for one terminal. Every text ends with a line end. */
public final class TextRenderer {
  private final Terminal terminal;

  /**
   * @param terminal what its reader can see
   */
  public TextRenderer(Terminal terminal) {
    this.terminal = Objects.requireNonNull(terminal);
  }

  /**
   * The report as text. Of {@code check} that is exactly one line, whatever the verdict: it is for
   * standard error and for runs that do not end healthy, which the caller decides.
   */
  public String render(Report report) {
    var page = new Page(terminal);
    switch (report) {
      case DiagnosisReport diagnosis -> {
        switch (diagnosis.command()) {
          case CHECK, EXEC -> CheckText.write(page, diagnosis);
          case DIAGNOSE -> DiagnosisText.write(page, diagnosis);
        }
      }
      case OfflineReport offline -> OfflineText.write(page, offline);
      case HistoryReport history -> HistoryText.write(page, history);
      case ComparisonReport comparison -> ComparisonText.write(page, comparison);
      case TargetReport target -> TargetText.write(page, target);
      case SyncReport sync -> SyncText.write(page, sync);
      case SnapshotReport snapshot -> SnapshotText.write(page, snapshot);
      case RepairReport repair -> RepairText.write(page, repair);
      case BackupReport backup -> BackupText.write(page, backup);
      case RestoreReport restore -> RestoreText.write(page, restore);
    }
    return page.toString();
  }

  /**
   * An early end: what went wrong, a blank line, the hint. Never wrapped, so that it can be
   * searched.
   */
  public String failure(StampguardException failure) {
    var page = new Page(terminal);
    page.line(
        0,
        Phrase.of(Role.ERROR, "stampguard:").plain(" ").then(Phrase.prose(failure.getMessage())));
    failure
        .hint()
        .ifPresent(
            hint -> {
              page.blank();
              page.line(0, Phrase.of(Role.EMPHASIS, "hint:").plain(" ").then(Phrase.prose(hint)));
            });
    return page.toString();
  }

  /**
   * One of many databases, in one line that is not wrapped.
   *
   * @param nameWidth columns for its name, so that the lines of all make a table
   */
  public String line(FleetLine line, int nameWidth) {
    var page = new Page(terminal);
    FleetText.write(page, line, nameWidth);
    return page.toString();
  }

  /** What many lines come to, for example {@code 998 consistent, 2 no access}. */
  public static String counts(FleetTotals totals) {
    return FleetText.counts(totals);
  }

  /** Terminal columns that a name takes. */
  public static int width(String name) {
    return Phrase.of(name).width();
  }

  /** What a finding's code means. */
  public String help(FindingHelp help) {
    var page = new Page(terminal);
    FindingHelpText.write(page, help);
    return page.toString();
  }
}
