package dev.stampguard.report.text;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Words;
import dev.stampguard.report.DiagnosisReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The story of a diagnosis in two to four sentences: what the ledger claims, what is really there,
 * which script owed it, and what follows.
 */
public final class RootCause {
  private static final int MOST_SENTENCES = 4;

  private final Diagnosis diagnosis;
  private final String tool;
  private final Claims claims;
  private final List<Phrase> sentences = new ArrayList<>();

  private RootCause(DiagnosisReport report) {
    this.diagnosis = report.diagnosis();
    this.tool = report.toolName();
    this.claims = new Claims(diagnosis);
  }

  static Phrase of(DiagnosisReport report) {
    return new RootCause(report).tell();
  }

  /** The same without colours, names in backticks. */
  public static String text(DiagnosisReport report) {
    return of(report).text();
  }

  private Phrase tell() {
    sentences.add(claim());
    switch (diagnosis.verdict()) {
      case CONSISTENT -> sentences.add(kept("Everything it claims is there."));
      case BEHIND -> behind();
      case INCONSISTENT -> inconsistent();
      case UNKNOWN -> unknown();
    }
    var story = Phrase.EMPTY;
    for (Phrase sentence : sentences.subList(0, Math.min(MOST_SENTENCES, sentences.size()))) {
      story = story.isEmpty() ? sentence : story.plain(" ").then(sentence);
    }
    return story;
  }

  private Phrase claim() {
    var ledger = diagnosis.ledger();
    String table = ledger.table().toString();
    if (!ledger.exists()) {
      return Phrase.of("There is no ledger: ").name(table).plain(" does not exist.");
    }
    if (ledger.claimed().isEmpty()) {
      return Phrase.of("The ledger ").name(table).plain(" is empty: it claims nothing.");
    }
    var claim =
        Phrase.of("The ledger ").name(table).plain(" claims ").then(claims.state(ledger.claimed()));
    if (!ledger.claimed().equals(diagnosis.heads())) {
      return claim.plain(".");
    }
    return claim.plain(
        ledger.claimed().size() == 1
            ? ", the head of the scripts."
            : ", the heads of the scripts.");
  }

  private void behind() {
    sentences.add(kept("Everything it claims is there, and nothing that it does not claim."));
    List<RevisionDiagnosis> pending = claims.pending();
    if (!pending.isEmpty()) {
      sentences.add(
          Phrase.of(Role.EMPHASIS, Words.count(pending.size(), "revision"))
              .plain(pending.size() == 1 ? " is pending: " : " are pending, the next is ")
              .then(claims.revision(pending.getFirst().revision().id()))
              .plain("."));
    }
  }

  private Phrase kept(String claim) {
    return Phrase.of(
        diagnosis.ledger().claimed().isEmpty()
            ? "Nothing of what the scripts create is there either."
            : claim);
  }

  private void inconsistent() {
    truth();
    missing();
    different();
    ahead();
    if (!claims.owing().isEmpty()) {
      sentences.add(
          Phrase.of("To " + tool)
              .plain(
                  " these revisions are applied, so an upgrade will not "
                      + (claims.missing().isEmpty()
                          ? "run them."
                          : "bring back what is missing.")));
    }
  }

  private void unknown() {
    if (claims.isElsewhere()) {
      truth();
    }
    var open = Phrase.of("Whether all is as it should be could not be decided");
    sentences.add(
        claims
            .obstacle()
            .map(
                finding ->
                    open.plain(" (")
                        .with(Role.EMPHASIS, finding.code().name())
                        .plain(" ")
                        .then(Phrase.prose(finding.title()))
                        .plain(")."))
            .orElse(open.plain(".")));
  }

  private void truth() {
    if (diagnosis.trueState().isEmpty()) {
      sentences.add(
          Phrase.of("What is really there matches no state the scripts could have left."));
      return;
    }
    TrueState state = diagnosis.trueState().get();
    if (!claims.isElsewhere()) {
      sentences.add(Phrase.of("That is where the schema is, but not all is as it should be."));
    } else if (state.exact()) {
      sentences.add(
          Phrase.of("The schema is really at ").then(claims.state(state.lower())).plain("."));
    } else {
      sentences.add(
          Phrase.of("The schema is really somewhere between ")
              .then(claims.state(state.lower()))
              .plain(" and ")
              .then(claims.state(state.upper()))
              .plain(": what lies between leaves no trace."));
    }
  }

  private void missing() {
    List<RevisionDiagnosis> owing = claims.owing();
    if (owing.isEmpty()) {
      return;
    }
    var sentence =
        claims.missing().isEmpty()
            ? Phrase.of("Recorded, but never run: ")
            : Phrase.of("Missing: ").then(Count.byKind(claims.missing())).plain(", owed by ");
    if (owing.size() > 1) {
      sentence =
          sentence
              .with(Role.EMPHASIS, Words.count(owing.size(), "recorded revision"))
              .plain(", the oldest ");
    }
    sentences.add(sentence.then(script(owing.getFirst())).plain("."));
  }

  private void different() {
    List<RevisionDiagnosis> altered = claims.altered();
    if (!altered.isEmpty()) {
      int objects = claims.different().size();
      sentences.add(
          Phrase.of(Role.EMPHASIS, Words.count(objects, "object"))
              .plain(objects == 1 ? " is" : " are")
              .plain(" not as the scripts left ")
              .plain(objects == 1 ? "it" : "them")
              .plain(": first of all ")
              .name(altered.getFirst().different().getFirst().toString())
              .plain(" of ")
              .then(script(altered.getFirst()))
              .plain("."));
    }
  }

  private void ahead() {
    List<RevisionDiagnosis> ahead = claims.ahead();
    if (!ahead.isEmpty()) {
      int objects = claims.unrecorded().size();
      sentences.add(
          Phrase.of(Role.EMPHASIS, Words.count(objects, "object"))
              .plain(objects == 1 ? " is" : " are")
              .plain(" already there of revisions that are not recorded, the oldest ")
              .then(script(ahead.getFirst()))
              .plain(": the next upgrade will stumble over ")
              .plain(objects == 1 ? "it." : "them."));
    }
  }

  private Phrase script(RevisionDiagnosis revision) {
    return claims.revision(revision.revision().id()).plain(" in ").name(revision.revision().file());
  }
}
