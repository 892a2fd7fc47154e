package dev.stampguard.report.html;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.html.LaneLayout.Lane;
import dev.stampguard.report.html.LaneLayout.Row;
import dev.stampguard.report.markup.Markup;
import dev.stampguard.report.text.RevisionDate;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The history: a row per revision, oldest first, the graph drawn beside it. Every row draws its own
 * piece of the graph and opens to what the revision owed; so it stays whole whatever the filter
 * hides, at any width, and without the script.
 */
final class RevisionsPart {
  private static final int LANE = 14;
  private static final int LEFT = 10;

  /** Where a row's node is, from its top: the middle of its first line. */
  private static final int NODE = 20;

  /** From so many on the list scrolls within itself. */
  private static final int LONG = 60;

  /** Characters that the column of ids takes at least and at most; longer ones are wrapped. */
  private static final int SHORTEST_ID = 8;

  private static final int LONGEST_ID = 26;

  private final Diagnosis diagnosis;
  private final List<Row> rows;
  private final Map<String, Integer> numbers = new HashMap<>();

  RevisionsPart(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
    this.rows =
        LaneLayout.of(diagnosis.revisions().stream().map(RevisionDiagnosis::revision).toList());
    diagnosis
        .revisions()
        .forEach(judged -> numbers.put(judged.revision().id(), numbers.size() + 1));
  }

  /** The part of the page's style that depends on the graph. */
  String style() {
    int width = rows.stream().mapToInt(Row::width).max().orElse(1) * LANE + 2 * (LEFT - LANE / 2);
    int id =
        diagnosis.revisions().stream()
            .mapToInt(judged -> judged.revision().id().length())
            .max()
            .orElse(0);
    return ".lanes{width:%spx}.rev>summary,.rev>.body{padding-left:%spx}.graph{--id:%sch}\n"
        .formatted(width, width + 12, Math.clamp(id, SHORTEST_ID, LONGEST_ID));
  }

  /** A revision by its id, as a link to its row; one that no script defines is only named. */
  void link(Markup page, String id) {
    Integer number = numbers.get(id);
    if (number == null) {
      page.element("code", id).text(", which no script defines");
      return;
    }
    page.open("a", "href", "#rev-" + number).element("code", id).close();
    page.text(" " + diagnosis.revisions().get(number - 1).revision().message());
  }

  void write(Markup page) {
    Prose.section(page, "revisions", "Revisions, oldest first");
    if (rows.isEmpty()) {
      Prose.paragraph(page, "There are none.");
    } else {
      filter(page);
      page.open(
          "div",
          "class",
          rows.size() >= LONG ? "history long" : "history",
          "tabindex",
          rows.size() >= LONG ? "0" : null,
          "role",
          "region",
          "aria-label",
          "Revision graph");
      page.open("ol", "class", isDated() ? "graph dated" : "graph undated", "id", "graph").line();
      for (int i = 0; i < rows.size(); i++) {
        row(page, i + 1, diagnosis.revisions().get(i), rows.get(i));
      }
      page.close().close().line();
      page.element("p", "No revision matches.", "id", "no-match", "hidden", "hidden").line();
    }
    page.close().line();
  }

  private boolean isDated() {
    return diagnosis.revisions().stream()
        .anyMatch(judged -> !RevisionDate.of(judged.revision()).isEmpty());
  }

  private void filter(Markup page) {
    Map<RevisionState, Integer> counts = new EnumMap<>(RevisionState.class);
    diagnosis.revisions().forEach(judged -> counts.merge(judged.state(), 1, Integer::sum));
    page.open("form", "id", "filter", "class", "filter", "hidden", "hidden", "role", "search");
    page.open("label", "class", "search").text("Find ");
    page.empty(
        "input",
        "type",
        "search",
        "id",
        "filter-text",
        "placeholder",
        "id, message, script or object",
        "autocomplete",
        "off",
        "spellcheck",
        "false");
    page.close();
    page.open("fieldset").element("legend", "States");
    counts.forEach(
        (state, count) -> {
          page.open("label", "class", "chip");
          page.empty(
              "input",
              "type",
              "checkbox",
              "name",
              "state",
              "value",
              state.label(),
              "checked",
              "checked");
          StateLook.icon(page, state);
          page.text(state.label() + " ").element("span", "" + count, "class", "number").close();
        });
    page.close();
    page.element("output", "", "id", "filter-count", "for", "filter-text");
    firstTrouble()
        .ifPresent(
            id ->
                page.element(
                    "a",
                    "Go to the first that is not as recorded",
                    "href",
                    "#rev-" + numbers.get(id)));
    page.close().line();
  }

  private Optional<String> firstTrouble() {
    return diagnosis.revisions().stream()
        .filter(
            judged ->
                switch (judged.state()) {
                  case APPLIED, ASSUMED, PENDING -> false;
                  case PARTIAL, ALTERED, HOLLOW, UNRECORDED, HALF_APPLIED -> true;
                })
        .map(judged -> judged.revision().id())
        .findFirst();
  }

  private void row(Markup page, int number, RevisionDiagnosis judged, Row row) {
    Revision revision = judged.revision();
    page.open("li")
        .open(
            "details", "class", "rev", "id", "rev-" + number, "data-state", judged.state().label());
    page.open("summary");
    lanes(page, row, judged.state());
    page.element("span", RevisionDate.of(revision), "class", "date").text(" ");
    page.element("code", revision.id(), "class", "id").text(" ");
    page.open("span", "class", "message").text(revision.message());
    marks(revision.id()).forEach(mark -> page.text(" ").element("span", mark, "class", "mark"));
    page.close().text(" ");
    page.element("span", figures(judged), "class", "figures").text(" ");
    StateLook.badge(page, judged.state());
    page.close();
    body(page, judged, row);
    page.close().close().line();
  }

  private List<String> marks(String id) {
    var marks = new ArrayList<String>();
    if (diagnosis.heads().contains(id)) {
      marks.add("head");
    }
    if (diagnosis.ledger().claimed().contains(id)) {
      marks.add("ledger");
    }
    return marks;
  }

  private static String figures(RevisionDiagnosis judged) {
    int all = judged.missing().size() + judged.different().size() + judged.present().size();
    var figures = new ArrayList<String>();
    if (judged.recorded() && !judged.missing().isEmpty()) {
      figures.add(judged.missing().size() + " of " + all + " missing");
    }
    if (!judged.recorded() && !judged.present().isEmpty()) {
      figures.add(judged.present().size() + " of " + all + " present");
    }
    if (!judged.different().isEmpty()) {
      figures.add(judged.different().size() + " of " + all + " different");
    }
    return String.join(", ", figures);
  }

  private static void lanes(Markup page, Row row, RevisionState state) {
    page.open("svg", "class", "lanes", "aria-hidden", "true", "focusable", "false");
    row.passing().forEach(lane -> line(page, lane, lane.column(), "0", lane.column(), "100%"));
    row.arriving().forEach(lane -> line(page, lane, lane.column(), "0", row.column(), "" + NODE));
    row.leaving().forEach(lane -> line(page, lane, row.column(), "" + NODE, lane.column(), "100%"));
    page.empty("circle", "class", "halo", "cx", "" + x(row.column()), "cy", "" + NODE, "r", "7");
    StateLook.draw(page, state, x(row.column()), NODE);
    page.close();
  }

  private static void line(
      Markup page, Lane lane, int fromColumn, String fromY, int toColumn, String toY) {
    page.empty(
        "line",
        "class",
        lane.dependency() ? "lane dependency" : "lane",
        "x1",
        "" + x(fromColumn),
        "y1",
        fromY,
        "x2",
        "" + x(toColumn),
        "y2",
        toY);
  }

  private static int x(int column) {
    return LEFT + column * LANE;
  }

  private void body(Markup page, RevisionDiagnosis judged, Row row) {
    Revision revision = judged.revision();
    page.open("div", "class", "body");
    page.open("svg", "class", "lanes", "aria-hidden", "true", "focusable", "false");
    row.below().forEach(lane -> line(page, lane, lane.column(), "0", lane.column(), "100%"));
    page.close();
    Prose.paragraph(
        page,
        "%s: %s.%s"
            .formatted(
                judged.state().label(),
                StateLook.meaning(judged.state()),
                judged.exact() ? "" : " Its script could not be read completely."));
    page.open("dl");
    page.open("div").element("dt", "script").open("dd");
    page.element("code", revision.file() + ":" + revision.line(), "class", "script")
        .close()
        .close();
    links(page, "continues", revision.parents());
    links(page, "depends on", revision.dependsOn());
    links(
        page,
        "continued by",
        diagnosis.revisions().stream()
            .map(RevisionDiagnosis::revision)
            .filter(child -> child.parents().contains(revision.id()))
            .map(Revision::id)
            .toList());
    findings(page, revision.id());
    page.close();
    objects(page, "Missing", judged.missing());
    objects(page, "Different", judged.different());
    objects(page, "Present", judged.present());
    if (judged.missing().isEmpty() && judged.different().isEmpty() && judged.present().isEmpty()) {
      Prose.paragraph(page, "It owes no object that could be looked at now.");
    }
    page.close();
  }

  private void links(Markup page, String label, List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    page.open("div").element("dt", label).open("dd");
    for (int i = 0; i < ids.size(); i++) {
      page.text(i == 0 ? "" : ", ");
      link(page, ids.get(i));
    }
    page.close().close();
  }

  private void findings(Markup page, String id) {
    List<Finding> touching =
        diagnosis.findings().stream().filter(finding -> finding.revisions().contains(id)).toList();
    if (!touching.isEmpty()) {
      page.open("div").element("dt", "findings").open("dd");
      Prose.write(
              page,
              String.join(
                  "; ", touching.stream().map(f -> f.code().name() + " " + f.title()).toList()))
          .close()
          .close();
    }
  }

  private static void objects(Markup page, String title, List<ObjectName> objects) {
    if (!objects.isEmpty()) {
      page.element("h4", title + ": " + Words.count(objects.size(), "object"));
      FindingsPart.objects(page, objects);
    }
  }
}
