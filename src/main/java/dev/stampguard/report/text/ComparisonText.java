package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.ComparisonReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How two schemas differ: a summary in one line, then what each side has and how. */
final class ComparisonText {
  private ComparisonText() {}

  static void write(Page page, ComparisonReport report) {
    page.paragraph(0, summary(report));
    only(page, report.left(), report.onlyLeft());
    only(page, report.right(), report.onlyRight());
    different(page, report);
    report.rows().ifPresent(rows -> rows(page, report, rows));
  }

  private static Phrase summary(ComparisonReport report) {
    var sides = side(report.left()).plain(" and ").then(side(report.right()));
    if (report.equal()) {
      return Phrase.of(Role.OK, "equal:").plain(" ").then(sides).plain(" have the same schema");
    }
    var counts = new ArrayList<Phrase>();
    count(counts, report.onlyLeft().size(), " only in ", report.left().name());
    count(counts, report.onlyRight().size(), " only in ", report.right().name());
    if (!report.different().isEmpty()) {
      counts.add(Phrase.of(Role.EMPHASIS, report.different().size() + " different"));
    }
    return Phrase.of(Role.ERROR, "different:")
        .plain(" ")
        .then(sides)
        .plain(": ")
        .then(Phrase.and(counts));
  }

  private static Phrase side(ComparisonReport.Side side) {
    return Phrase.EMPTY.name(side.name()).plain(" (" + Words.count(side.tables(), "table") + ")");
  }

  private static void count(List<Phrase> counts, int number, String where, String name) {
    if (number > 0) {
      counts.add(Phrase.of(Role.EMPHASIS, String.valueOf(number)).plain(where).name(name));
    }
  }

  private static void only(Page page, ComparisonReport.Side side, List<ObjectName> objects) {
    if (objects.isEmpty()) {
      return;
    }
    page.heading(
        Phrase.of(Role.EMPHASIS, "Only in ")
            .name(side.name())
            .plain(": ")
            .then(Count.byKind(objects)));
    page.list(2, objects, object -> Phrase.of(object.toString()));
  }

  private static void different(Page page, ComparisonReport report) {
    List<ComparisonReport.Difference> all = report.different();
    if (all.isEmpty()) {
      return;
    }
    page.heading("Different: " + Words.count(all.size(), "object"));
    int shown = Math.min(all.size(), Page.FOLD);
    for (ComparisonReport.Difference difference : all.subList(0, shown)) {
      page.line(2, Phrase.of(Role.NAME, difference.object().toString()));
      definitions(page, report, difference);
    }
    if (shown < all.size()) {
      page.line(2, page.more(all.size() - shown));
    }
  }

  private static void definitions(
      Page page, ComparisonReport report, ComparisonReport.Difference difference) {
    int labels = Math.max(width(report.left()), width(report.right()));
    definition(page, report.left(), labels, difference.left().text());
    definition(page, report.right(), labels, difference.right().text());
  }

  private static int width(ComparisonReport.Side side) {
    return Phrase.of(side.name()).width();
  }

  /** Definitions are code: their own line breaks are kept and no others are added. */
  private static void definition(
      Page page, ComparisonReport.Side side, int labels, String definition) {
    var label = Phrase.of(Role.DIM, side.name()).plain(" ".repeat(labels - width(side) + 2));
    for (String line : definition.stripTrailing().split("\n", -1)) {
      page.line(4, label.plain(line));
      label = Phrase.of(" ".repeat(labels + 2));
    }
  }

  private static void rows(
      Page page, ComparisonReport report, List<ComparisonReport.RowCount> rows) {
    page.heading("Rows");
    var grid =
        new Grid(0)
            .row(
                Phrase.EMPTY,
                Phrase.of(Role.DIM, report.left().name()),
                Phrase.of(Role.DIM, report.right().name()),
                Phrase.EMPTY);
    for (ComparisonReport.RowCount count : rows.subList(0, Math.min(rows.size(), Page.FOLD))) {
      grid.row(
          Phrase.of(count.table().toString()),
          number(count.left()),
          number(count.right()),
          count.left().equals(count.right()) ? Phrase.EMPTY : Phrase.of(Role.WARNING, "differs"));
    }
    page.grid(2, grid);
    if (rows.size() > Page.FOLD) {
      page.line(2, page.more(rows.size() - Page.FOLD));
    }
  }

  private static Phrase number(OptionalLong rows) {
    return rows.isPresent()
        ? Phrase.of(Long.toString(rows.getAsLong()))
        : Phrase.of(Role.DIM, "no table");
  }
}
