package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import java.util.List;
import java.util.Optional;

/** The gate's one line: verdict, claim, truth, and the command to run next. */
final class CheckText {
  private static final String NEXT = "stampguard diagnose";

  private final DiagnosisReport report;
  private final Diagnosis diagnosis;
  private final Claims claims;

  private CheckText(DiagnosisReport report) {
    this.report = report;
    this.diagnosis = report.diagnosis();
    this.claims = new Claims(diagnosis);
  }

  static void write(Page page, DiagnosisReport report) {
    Optional<Finding> idle =
        report.findings().stream()
            .filter(finding -> finding.code() == FindingCode.SG108)
            .findFirst();
    if (idle.isPresent()) {
      idle(page, idle.get());
    } else {
      page.line(0, new CheckText(report.worst()).line(whose(report)));
    }
  }

  /** No later look could tell this again, so it is told in full. */
  private static void idle(Page page, Finding finding) {
    page.line(0, Phrase.of("stampguard: ").then(Phrase.prose(finding.detail())));
    page.blank();
    page.line(0, Phrase.of("hint: ").then(Phrase.prose(finding.hint())));
  }

  /** What is claimed, and what of it is true. */
  static Phrase story(DiagnosisReport report) {
    return whose(report).then(new CheckText(report.worst()).story());
  }

  /** Which tool says it, where there are several. */
  private static Phrase whose(DiagnosisReport report) {
    return report.others().isEmpty()
        ? Phrase.EMPTY
        : Phrase.of("by " + report.worst().toolName() + " ");
  }

  private Phrase story() {
    return claim().then(truth()).plain(accepted());
  }

  private Phrase line(Phrase whose) {
    return Phrase.of("stampguard: ")
        .with(Role.of(diagnosis.verdict()), diagnosis.verdict().label())
        .plain(": ")
        .name(report.target().database())
        .plain(" ")
        .then(whose)
        .then(story())
        .plain("; ")
        .then(next());
  }

  /**
   * Another database is what is wanted where this one is forbidden; there is nothing to look at.
   */
  private Phrase next() {
    return diagnosis.findings().stream()
        .findFirst()
        .filter(heaviest -> heaviest.code() == FindingCode.SG118)
        .filter(heaviest -> heaviest.severity() == Severity.ERROR)
        .map(forbidden -> Phrase.prose(forbidden.hint()))
        .orElseGet(() -> Phrase.of("run ").name(NEXT));
  }

  private String accepted() {
    int accepted = diagnosis.ignored().size();
    return accepted == 0 ? "" : ", " + Words.count(accepted, "accepted difference") + " left out";
  }

  private Phrase claim() {
    var ledger = diagnosis.ledger();
    if (!ledger.exists()) {
      return Phrase.of("has no ledger");
    }
    return ledger.claimed().isEmpty()
        ? Phrase.of("has an empty ledger")
        : Phrase.of("is recorded at ").then(ids(ledger.claimed()));
  }

  private Phrase truth() {
    return switch (diagnosis.verdict()) {
      case CONSISTENT -> Phrase.of(" and all of it is there").then(firstFinding());
      case BEHIND ->
          Phrase.of(hasRows() ? ", all of it there, with " : " and nothing of the schema, with ")
              .plain(Words.count(claims.pending().size(), "revision"))
              .plain(" pending")
              .then(firstFinding());
      case INCONSISTENT -> contradiction().then(damage());
      case UNKNOWN ->
          Phrase.of(", which could not be confirmed")
              .then(claims.obstacle().map(CheckText::inBrackets).orElse(Phrase.EMPTY));
    };
  }

  private boolean hasRows() {
    return !diagnosis.ledger().claimed().isEmpty();
  }

  private Phrase contradiction() {
    if (diagnosis.trueState().isEmpty()) {
      return Phrase.of(" but matches no state of its scripts");
    }
    TrueState state = diagnosis.trueState().get();
    if (!claims.isElsewhere()) {
      return Phrase.of(" but is not as it should be there");
    }
    var really = Phrase.of(hasRows() ? " but really " : " but is really ");
    return state.exact()
        ? really.plain("at ").then(ids(state.lower()))
        : really.plain("between ").then(ids(state.lower())).plain(" and ").then(ids(state.upper()));
  }

  /** The heaviest damage in figures: whole tables, else other objects, else the first finding. */
  private Phrase damage() {
    var missing = claims.missing();
    if (!missing.isEmpty()) {
      var tables = missing.stream().filter(object -> object.kind() == ObjectKind.TABLE).toList();
      return Phrase.of(" (")
          .then(Count.byKind(tables.isEmpty() ? missing : tables))
          .plain(" missing)");
    }
    if (!claims.different().isEmpty()) {
      return Phrase.of(" (" + Words.count(claims.different().size(), "object") + " different)");
    }
    if (!claims.unrecorded().isEmpty()) {
      return Phrase.of(" (" + Words.count(claims.unrecorded().size(), "object") + " unrecorded)");
    }
    return firstFinding();
  }

  private Phrase firstFinding() {
    return diagnosis.findings().stream()
        .findFirst()
        .map(CheckText::inBrackets)
        .orElse(Phrase.EMPTY);
  }

  private static Phrase inBrackets(Finding finding) {
    return Phrase.of(" (" + finding.code().name() + " ")
        .then(Phrase.prose(finding.title()))
        .plain(")");
  }

  private static Phrase ids(List<String> ids) {
    return ids.isEmpty() ? Phrase.of("base") : Phrase.of(Role.EMPHASIS, String.join(", ", ids));
  }
}
