package dev.stampguard.report.text;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.tool.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the ledger says against what is there, one fact a line. */
public final class ClaimsText {
  private final Diagnosis diagnosis;
  private final Claims claims;
  private final Map<String, Phrase> facts = new LinkedHashMap<>();

  private ClaimsText(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
    this.claims = new Claims(diagnosis);
  }

  static void write(Page page, DiagnosisReport report) {
    var grid = new Grid(1);
    new ClaimsText(report.diagnosis())
        .facts(report)
        .forEach((label, value) -> grid.row(TargetWords.label(label), value));
    page.grid(2, grid);
  }

  /** The facts by their labels, in order, without colours, names in backticks. */
  public static Map<String, String> texts(DiagnosisReport report) {
    var texts = new LinkedHashMap<String, String>();
    new ClaimsText(report.diagnosis())
        .facts(report)
        .forEach((label, value) -> texts.put(label, value.text()));
    return texts;
  }

  private Map<String, Phrase> facts(DiagnosisReport report) {
    Ledger ledger = diagnosis.ledger();
    fact("ledger", ledger(ledger));
    if (!ledger.others().isEmpty()) {
      fact(
          "also found",
          Phrase.of(
              ledger.others().stream()
                  .map(QualifiedName::toString)
                  .collect(Collectors.joining(", "))));
    }
    fact("claimed", state(ledger.claimed()));
    truth();
    fact(
        "scripts",
        Phrase.of(report.toolName() + " in ")
            .name(report.toolLocation())
            .plain(", " + Words.count(diagnosis.revisions().size(), "revision"))
            .plain(heads(diagnosis.heads())));
    fact("judged by", Phrase.of(judge()));
    fact(
        "tables", Phrase.of(diagnosis.tables() + (ledger.exists() ? ", the ledger included" : "")));
    return facts;
  }

  private void fact(String label, Phrase value) {
    facts.put(label, value);
  }

  private static Phrase ledger(Ledger ledger) {
    var table = Phrase.of(Role.NAME, ledger.table().toString());
    return ledger.exists()
        ? table
            .plain(", " + Words.count(ledger.size(), "row"))
            .plain(ledger.onSearchPath() ? "" : ", not on the search path")
        : table.plain(", which does not exist");
  }

  private void truth() {
    if (diagnosis.trueState().isEmpty()) {
      fact("really at", Phrase.of("no state the scripts could have left"));
      return;
    }
    var truth = diagnosis.trueState().get();
    if (truth.exact()) {
      fact("really at", state(truth.lower()));
    } else {
      fact("at least", state(truth.lower()));
      fact("at most", state(truth.upper()));
    }
  }

  private Phrase state(List<String> heads) {
    return heads.isEmpty() ? Phrase.of("nothing (base)") : claims.state(heads);
  }

  private static String heads(List<String> heads) {
    if (heads.isEmpty()) {
      return "";
    }
    return (heads.size() == 1 ? ", head " : ", heads ") + String.join(", ", heads);
  }

  private String judge() {
    String source =
        switch (diagnosis.expectation()) {
          case LOCK -> "stampguard.lock";
          case REPLAY -> "a replay of the scripts in a scratch database";
          case REFERENCE -> "a reference database";
          case SCRIPTS ->
              "the scripts as they read: whether objects exist, not what they look like";
        };
    return diagnosis.expectationExact() ? source : source + "; not all of it could be read";
  }
}
