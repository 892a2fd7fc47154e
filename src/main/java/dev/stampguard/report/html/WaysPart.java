package dev.stampguard.report.html;

import dev.stampguard.ShellWords;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.WayOut;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.markup.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Every way out: why or why not, what it would do, and the commands that do it. */
final class WaysPart {
  private final Markup page;
  private final DiagnosisReport report;
  private final Diagnosis diagnosis;
  private final RevisionsPart revisions;
  private final String repair;

  private WaysPart(
      Markup page, DiagnosisReport report, RevisionsPart revisions, boolean isOneOfSeveral) {
    this.repair = "stampguard repair" + (isOneOfSeveral ? " --tool " + report.toolName() : "");
    this.page = page;
    this.report = report;
    this.diagnosis = report.diagnosis();
    this.revisions = revisions;
  }

  /**
   * @param isOneOfSeveral whether commands have to say which tool they are about
   */
  static void write(
      Markup page, DiagnosisReport report, RevisionsPart revisions, boolean isOneOfSeveral) {
    if (report.repairs().filter(ways -> !ways.isEmpty()).isPresent()) {
      new WaysPart(page, report, revisions, isOneOfSeveral).write(report.repairs().get());
    }
  }

  private void write(List<WayOut> ways) {
    Prose.section(page, "ways", "Ways out");
    List<WayOut> possible =
        ways.stream()
            .filter(WayOut::applicable)
            .sorted(
                Comparator.comparing(WayOut::recommended)
                    .reversed()
                    .thenComparing(WayOut::strategy))
            .toList();
    if (possible.isEmpty()) {
      Prose.paragraph(page, "None of them applies here.");
    }
    possible.forEach(this::possible);
    List<WayOut> others = ways.stream().filter(way -> !way.applicable()).toList();
    if (!others.isEmpty()) {
      page.open("details", "class", "quiet").element("summary", "Not possible here");
      page.open("dl");
      others.forEach(
          way -> {
            page.open("div").element("dt", way.strategy().label()).open("dd");
            Prose.write(page, way.reason()).close().close();
          });
      page.close().close().line();
    }
    page.close().line();
  }

  private void possible(WayOut way) {
    page.open("article", "class", way.recommended() ? "way recommended" : "way");
    page.open("h3").text(way.strategy().label()).text(" ");
    page.element("span", way.recommended() ? "recommended" : "possible", "class", "judgement");
    page.close();
    Prose.paragraph(page, sentence(way.reason()));
    page.open("details", "open", way.recommended() ? "open" : null);
    page.element("summary", "What it does, and the commands");
    page.open("ol", "class", "plan");
    steps(way.strategy());
    page.close();
    commands(way.strategy());
    page.close().close().line();
  }

  private static String sentence(String reason) {
    return reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".";
  }

  private void steps(Strategy strategy) {
    switch (strategy) {
      case RESTAMP -> restamp();
      case MISSING -> {
        run(in(RevisionState.HOLLOW));
        step("Leave the ledger as it is.");
      }
      case GRAFT -> {
        var lacking =
            diagnosis.revisions().stream()
                .flatMap(judged -> judged.missing().stream())
                .distinct()
                .toList();
        page.open("li");
        page.text("Create exactly " + Words.count(lacking.size(), "missing object") + ":");
        FindingsPart.objects(page, lacking);
        page.close();
        step("Check foreign keys, and count rows that break one.");
      }
      case RECREATE -> {
        step("Build a new database from the scripts, beside the present one.");
        step("With `--copy-data`, take over the rows of the tables that both have.");
        step("Swap the names in one transaction; the old database is kept under another name.");
      }
      case SWITCH -> {
        step("Make %s name another database, and keep a copy of the file.".formatted(source()));
        step("Check that database.");
      }
    }
  }

  private void restamp() {
    TrueState state = diagnosis.trueState().orElse(TrueState.between(List.of(), List.of()));
    step(
        "Set the ledger `%s` from %s to %s."
            .formatted(
                diagnosis.ledger().table(),
                Words.state(diagnosis.ledger().claimed()),
                Words.state(state.lower())));
    Set<String> kept = closure(state.lower());
    List<RevisionDiagnosis> rerun =
        diagnosis.revisions().stream()
            .filter(RevisionDiagnosis::recorded)
            .filter(judged -> !kept.contains(judged.revision().id()))
            .toList();
    if (!rerun.isEmpty()) {
      run(rerun);
    }
  }

  private void run(List<RevisionDiagnosis> list) {
    page.open("li").text("Run " + Words.count(list.size(), "revision") + ", in this order:");
    page.open("ul", "class", "plain names");
    list.forEach(
        judged -> {
          page.open("li");
          revisions.link(page, judged.revision().id());
          page.close();
        });
    page.close().close();
  }

  private void step(String sentence) {
    page.open("li");
    Prose.write(page, sentence).close();
  }

  private void commands(Strategy strategy) {
    String option =
        strategy == Strategy.SWITCH
            ? consistentSiblings()
                .map(name -> "switch --to " + ShellWords.quote(name))
                .findFirst()
                .orElse("switch")
            : strategy.label();
    var lines = new ArrayList<String>();
    lines.add("# the plan, step by step; changes nothing");
    lines.add(repair + " --strategy " + option);
    lines.add(
        "# backup, rehearsal, change, proof, with what the plan says has to be allowed or decided;"
            + " prints the command that undoes it");
    lines.add(repair + " --apply --strategy " + option + " --yes");
    page.open("pre", "class", "commands", "tabindex", "0").open("code");
    page.lines(String.join("\n", lines)).close().close();
  }

  private Stream<String> consistentSiblings() {
    return report.siblings().stream()
        .flatMap(List::stream)
        .filter(sibling -> sibling.verdict() == Verdict.CONSISTENT)
        .map(Sibling::database);
  }

  private String source() {
    return "`" + report.target().source() + "`";
  }

  private List<RevisionDiagnosis> in(RevisionState state) {
    return diagnosis.revisions().stream().filter(judged -> judged.state() == state).toList();
  }

  /** Newest first, so that what a revision needs is asked after the revision itself. */
  private Set<String> closure(List<String> heads) {
    var reached = new HashSet<>(heads);
    for (RevisionDiagnosis judged : diagnosis.revisions().reversed()) {
      if (reached.contains(judged.revision().id())) {
        reached.addAll(judged.revision().parents());
        reached.addAll(judged.revision().dependsOn());
      }
    }
    return reached;
  }
}
