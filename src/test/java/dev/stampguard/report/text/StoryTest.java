package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Evidence;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.RevisionDiagnosis;
import dev.stampguard.diagnosis.RevisionState;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.report.Incident;
import dev.stampguard.report.Terminal;
import dev.stampguard.testing.GoldenFiles;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The root cause and the gate's line of every kind of verdict, on two revisions. */
class StoryTest {
  private static final Terminal TERMINAL = new Terminal(false, 80, false);
  private static final ObjectName USERS = Incident.table("users");
  private static final ObjectName EMAIL = Incident.inside(ObjectKind.COLUMN, "users", "email");
  private static final ObjectName INDEX = ObjectName.of(ObjectKind.INDEX, "public", "ix_orders");
  private static final Revision FIRST = revision("aaa1", "Add users");
  private static final Revision SECOND = revision("bbb2", "Add orders", "aaa1");

  static Stream<Arguments> stories() {
    return Stream.of(
        Arguments.of(
            "warned",
            diagnosis(
                Verdict.CONSISTENT,
                Incident.ledger("bbb2"),
                exactly("bbb2"),
                applied(FIRST),
                applied(SECOND),
                finding(FindingCode.SG117))),
        Arguments.of(
            "pending",
            diagnosis(
                Verdict.BEHIND,
                Incident.ledger("aaa1"),
                exactly("aaa1"),
                applied(FIRST),
                judged(SECOND, false, Evidence.ABSENT, List.of(INDEX), List.of(), List.of()))),
        Arguments.of(
            "new-database",
            diagnosis(
                Verdict.BEHIND,
                ledger(false),
                exactly(),
                judged(FIRST, false, Evidence.ABSENT, List.of(USERS), List.of(), List.of()),
                judged(SECOND, false, Evidence.ABSENT, List.of(INDEX), List.of(), List.of()))),
        Arguments.of(
            "all-hollow",
            diagnosis(
                Verdict.INCONSISTENT,
                Incident.ledger("bbb2"),
                exactly(),
                judged(FIRST, true, Evidence.ABSENT, List.of(USERS), List.of(), List.of()),
                judged(SECOND, true, Evidence.ABSENT, List.of(INDEX), List.of(), List.of()),
                finding(FindingCode.SG101))),
        Arguments.of(
            "never-altered",
            diagnosis(
                Verdict.INCONSISTENT,
                Incident.ledger("bbb2"),
                exactly("aaa1"),
                applied(FIRST),
                judged(SECOND, true, Evidence.ABSENT, List.of(), List.of(EMAIL), List.of()),
                finding(FindingCode.SG102))),
        Arguments.of(
            "partial",
            diagnosis(
                Verdict.INCONSISTENT,
                Incident.ledger("bbb2"),
                Optional.empty(),
                applied(FIRST),
                judged(SECOND, true, Evidence.PARTIAL, List.of(INDEX), List.of(), List.of(USERS)),
                finding(FindingCode.SG104))),
        Arguments.of(
            "altered",
            diagnosis(
                Verdict.INCONSISTENT,
                Incident.ledger("bbb2"),
                Optional.empty(),
                judged(FIRST, true, Evidence.DIFFERENT, List.of(), List.of(EMAIL), List.of(USERS)),
                applied(SECOND),
                finding(FindingCode.SG105))),
        Arguments.of(
            "unrecorded",
            diagnosis(
                Verdict.INCONSISTENT,
                Incident.ledger("aaa1"),
                exactly("bbb2"),
                applied(FIRST),
                judged(SECOND, false, Evidence.PRESENT, List.of(), List.of(), List.of(INDEX)),
                finding(FindingCode.SG107))),
        Arguments.of(
            "empty-ledger",
            diagnosis(
                Verdict.INCONSISTENT,
                ledger(true),
                Optional.of(TrueState.between(List.of("aaa1"), List.of("bbb2"))),
                judged(FIRST, false, Evidence.PRESENT, List.of(), List.of(), List.of(USERS)),
                judged(SECOND, false, Evidence.NONE, List.of(), List.of(), List.of()),
                finding(FindingCode.SG119))),
        Arguments.of(
            "invalid-index",
            diagnosis(
                Verdict.INCONSISTENT,
                Incident.ledger("bbb2"),
                exactly("bbb2"),
                applied(FIRST),
                applied(SECOND),
                finding(FindingCode.SG116))),
        Arguments.of(
            "unknown-revision",
            diagnosis(
                Verdict.UNKNOWN,
                Incident.ledger("ccc3"),
                exactly("bbb2"),
                judged(FIRST, false, Evidence.PRESENT, List.of(), List.of(), List.of(USERS)),
                judged(SECOND, false, Evidence.PRESENT, List.of(), List.of(), List.of(INDEX)),
                finding(FindingCode.SG110))),
        Arguments.of(
            "unreadable",
            diagnosis(
                Verdict.UNKNOWN,
                Incident.ledger("bbb2"),
                exactly("bbb2"),
                judged(FIRST, true, Evidence.NONE, List.of(), List.of(), List.of()),
                judged(SECOND, true, Evidence.NONE, List.of(), List.of(), List.of()),
                obstacle("not known: nobody can tell"))),
        Arguments.of(
            "broken-history",
            diagnosis(
                Verdict.UNKNOWN,
                Incident.ledger("bbb2"),
                exactly("bbb2"),
                applied(FIRST),
                applied(SECOND),
                obstacle("broken history: the script `migrations/x.py:3` cannot be loaded"))),
        Arguments.of(
            "broken-history-and-hollow",
            diagnosis(
                Verdict.UNKNOWN,
                Incident.ledger("bbb2"),
                exactly("aaa1"),
                applied(FIRST),
                judged(SECOND, true, Evidence.ABSENT, List.of(INDEX), List.of(), List.of()),
                finding(FindingCode.SG102),
                obstacle("broken history: the script `migrations/x.py:3` cannot be loaded"))));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void tellsWhatTheLedgerSaysAndWhatIsThere(String name, Diagnosis diagnosis) throws IOException {
    var page = new Page(TERMINAL);
    page.paragraph(0, RootCause.of(Incident.diagnose(diagnosis, List.of())));
    page.blank();
    CheckText.write(page, Incident.check(diagnosis));

    GoldenFiles.assertMatches("report/text/story/" + name + ".txt", page.toString());
    assertThat(page.toString()).doesNotContain("  ");
  }

  private static Diagnosis diagnosis(
      Verdict verdict,
      Ledger ledger,
      Optional<TrueState> trueState,
      RevisionDiagnosis first,
      RevisionDiagnosis second,
      Finding... findings) {
    return new Diagnosis(
        verdict,
        ledger,
        List.of("bbb2"),
        Expectation.Source.LOCK,
        true,
        trueState,
        List.of(first, second),
        List.of(findings),
        List.of(),
        List.of(),
        List.of(),
        3);
  }

  private static Optional<TrueState> exactly(String... heads) {
    return Optional.of(TrueState.between(List.of(heads), List.of(heads)));
  }

  private static Ledger ledger(boolean exists) {
    Ledger empty = Incident.ledger();
    return new Ledger(empty.table(), exists, List.of(), List.of(), true, OptionalInt.empty());
  }

  private static RevisionDiagnosis applied(Revision revision) {
    return judged(revision, true, Evidence.PRESENT, List.of(), List.of(), List.of(USERS));
  }

  private static RevisionDiagnosis judged(
      Revision revision,
      boolean recorded,
      Evidence evidence,
      List<ObjectName> missing,
      List<ObjectName> different,
      List<ObjectName> present) {
    return new RevisionDiagnosis(
        revision,
        recorded,
        evidence,
        RevisionState.of(recorded, evidence),
        missing,
        different,
        present,
        true);
  }

  private static Revision revision(String id, String message, String... parents) {
    return new Revision(
        id,
        message,
        "migrations/versions/" + id + ".py",
        1,
        List.of(parents),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Finding obstacle(String title) {
    return new Finding(
        FindingCode.SG111, Severity.ERROR, title, "Seen.", List.of(), List.of(), "end it");
  }

  private static Finding finding(FindingCode code) {
    return new Finding(
        code, code.severity(), code.title(), "Seen.", List.of(), List.of(), "end it");
  }
}
