package dev.stampguard.report.text;

import dev.stampguard.diagnosis.Words;
import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.report.SnapshotReport;
import java.util.ArrayList;
import java.util.List;

/** One line about the lock file, then what was not replayed. */
final class SnapshotText {
  private static final String NEXT = "stampguard snapshot";

  private SnapshotText() {}

  static void write(Page page, SnapshotReport report) {
    // Never wrapped: it is what a log is searched for.
    page.line(0, line(report));
    if (!report.remarks().isEmpty()) {
      page.heading(Phrase.of(Role.WARNING, "Remarks"));
      report.remarks().forEach(remark -> page.paragraph(2, Phrase.prose(remark)));
    }
  }

  private static Phrase line(SnapshotReport report) {
    if (!report.changed()) {
      return Phrase.of(Role.OK, "current:").plain(" ").then(content(report));
    }
    return report.checked()
        ? Phrase.of(Role.ERROR, "not current:")
            .plain(" ")
            .then(file(report))
            .then(reason(report.previous()))
            .plain("; run ")
            .name(NEXT)
        : Phrase.of(Role.OK, "written:")
            .plain(" ")
            .then(content(report))
            .then(since(report.previous()));
  }

  private static Phrase file(SnapshotReport report) {
    return Phrase.EMPTY.name(report.file());
  }

  private static Phrase content(SnapshotReport report) {
    return file(report)
        .plain(" holds ")
        .with(Role.EMPHASIS, Words.count(report.revisions(), "revision"))
        .plain(" and ")
        .with(Role.EMPHASIS, Words.count(report.objects(), "object"))
        .plain(" (" + report.madeWith() + ")");
  }

  private static Phrase reason(PreviousLock previous) {
    return switch (previous) {
      case PreviousLock.Absent() -> Phrase.of(" does not exist");
      case PreviousLock.Broken(String reason) ->
          Phrase.of(" cannot be used: ").then(Phrase.prose(reason));
      case PreviousLock.Intact intact ->
          intact.drift().isEmpty()
              ? Phrase.of(" says otherwise than a replay of the same scripts")
              : Phrase.of(" does not fit the scripts: ").then(drift(intact.drift()));
    };
  }

  /** What a replaced file lacked; nothing is said where there was none. */
  private static Phrase since(PreviousLock previous) {
    return switch (previous) {
      case PreviousLock.Absent() -> Phrase.EMPTY;
      case PreviousLock.Broken(String reason) ->
          Phrase.of("; replaced what could not be used: ").then(Phrase.prose(reason));
      case PreviousLock.Intact intact ->
          intact.drift().isEmpty() ? Phrase.EMPTY : Phrase.of("; ").then(drift(intact.drift()));
    };
  }

  private static Phrase drift(LockDrift drift) {
    var parts = new ArrayList<Phrase>();
    part(parts, drift.added(), "new");
    part(parts, drift.edited(), "edited");
    part(parts, drift.reparented(), "with other parents");
    part(parts, drift.vanished(), "gone");
    return Phrase.and(parts);
  }

  private static void part(List<Phrase> parts, List<String> ids, String what) {
    if (!ids.isEmpty()) {
      parts.add(
          Phrase.of(Words.count(ids.size(), "revision") + " " + what + " (")
              .then(Phrase.prose(Words.names(ids)))
              .plain(")"));
    }
  }
}
