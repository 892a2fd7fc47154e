package dev.stampguard.report.text;

import dev.stampguard.backup.Backup;
import dev.stampguard.backup.ByteCount;
import dev.stampguard.backup.Manifest;
import dev.stampguard.backup.TableState;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.BackupReport;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Backups, each with what it holds and how to go back to it. */
final class BackupText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private BackupText() {}

  static void write(Page page, BackupReport report) {
    switch (report) {
      case BackupReport.Created(Backup backup, String goBack) -> created(page, backup, goBack);
      case BackupReport.Listed listed -> listed(page, listed);
      case BackupReport.Verified(Backup backup, List<String> problems) ->
          verified(page, backup, problems);
      case BackupReport.Pruned pruned -> pruned(page, pruned);
    }
  }

  private static void created(Page page, Backup backup, String goBack) {
    Manifest manifest = backup.manifest();
    // Never wrapped: it is what a log is searched for.
    page.line(0, Phrase.of(Role.OK, "backed up:").plain(" ").name(backup.id()));
    page.blank();
    var facts =
        new Grid(1)
            .row(TargetWords.label("path"), Phrase.of(backup.directory().toString()))
            .row(TargetWords.label("holds"), Phrase.prose(holds(manifest)))
            .row(TargetWords.label("size"), Phrase.of(new ByteCount(manifest.bytes()).toString()));
    manifest
        .trueState()
        .ifPresent(
            state ->
                facts.row(
                    TargetWords.label("really at"),
                    Phrase.prose(
                        Words.state(new TrueState(state.lower(), state.upper(), state.exact())))));
    facts.row(TargetWords.label("go back"), Phrase.of(Role.NAME, goBack));
    page.grid(2, facts);
  }

  /** In words what is in it, for example {@code the whole database, 22 tables (1234 rows)}. */
  static String holds(Manifest manifest) {
    String files =
        manifest.envFiles().stream()
            .map(copy -> "`" + copy.original() + "`")
            .collect(Collectors.joining(", "));
    String database =
        switch (manifest.kind()) {
          case FULL -> "the whole database, %s".formatted(counted(manifest, true));
          case AFFECTED -> "the schema with the rows of %s".formatted(counted(manifest, false));
          case SCHEMA -> "the schema (%s) without rows".formatted(tables(manifest));
          case ENV -> "";
        };
    if (files.isEmpty()) {
      return database.isEmpty() ? "nothing" : database;
    }
    return database.isEmpty() ? files : database + " and " + files;
  }

  private static String counted(Manifest manifest, boolean all) {
    var dump = manifest.dump().orElseThrow();
    var held =
        dump.state().tables().entrySet().stream()
            .filter(table -> all || dump.heldTables().contains(table.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    long rows = held.stream().mapToLong(TableState::rows).sum();
    return "%s (%s %s)"
        .formatted(Words.count(held.size(), "table"), rows, rows == 1 ? "row" : "rows");
  }

  private static String tables(Manifest manifest) {
    return Words.count(manifest.dump().orElseThrow().state().tables().size(), "table");
  }

  private static void listed(Page page, BackupReport.Listed listed) {
    if (listed.backups().isEmpty()) {
      page.line(0, Phrase.of("no backups in ").name(listed.directory()));
    }
    var grid = new Grid(4);
    for (Backup backup : listed.backups()) {
      Manifest manifest = backup.manifest();
      grid.row(
          Phrase.of(Role.NAME, backup.id()),
          Phrase.of(TIME.format(manifest.created())),
          Phrase.of(manifest.kind().label()),
          Phrase.of(new ByteCount(manifest.bytes()).toString()),
          Phrase.prose(holds(manifest)));
    }
    // A line each, so that it can be piped.
    grid.lines(Integer.MAX_VALUE).forEach(row -> page.line(0, row.getFirst()));
    listed
        .damaged()
        .forEach(
            damage ->
                page.line(
                    0, Phrase.of(Role.WARNING, "damaged:").plain(" ").then(Phrase.prose(damage))));
  }

  private static void verified(Page page, Backup backup, List<String> problems) {
    if (problems.isEmpty()) {
      page.line(
          0,
          Phrase.of(Role.OK, "verified:")
              .plain(" ")
              .name(backup.id())
              .plain(" can be restored and gives ")
              .then(Phrase.prose(holds(backup.manifest()))));
      return;
    }
    page.line(
        0,
        Phrase.of(Role.ERROR, "not verified:")
            .plain(" ")
            .name(backup.id())
            .plain(" cannot be relied on"));
    problems.forEach(problem -> page.paragraph(2, Phrase.prose(problem)));
  }

  private static void pruned(Page page, BackupReport.Pruned pruned) {
    page.line(
        0,
        Phrase.of(Role.OK, "pruned:")
            .plain(
                " %s deleted, %s left"
                    .formatted(Words.count(pruned.removed().size(), "backup"), pruned.left())));
    pruned.removed().forEach(backup -> page.line(2, Phrase.of(Role.NAME, backup.id())));
  }
}
