package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.FindingCode;
import dev.stampguard.diagnosis.TrueState;
import dev.stampguard.expectation.lock.LockDrift;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.report.FindingHelp;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.RepairSamples;
import dev.stampguard.report.Report;
import dev.stampguard.report.Samples;
import dev.stampguard.report.Terminal;
import dev.stampguard.testing.GoldenFiles;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextRendererTest {
  private static final Terminal PLAIN = new Terminal(false, 80, true);
  private static final Terminal WIDE = new Terminal(false, 120, true);
  private static final Terminal COLOR = new Terminal(true, 80, true);
  private static final Terminal ASCII = new Terminal(false, 80, false);

  static Stream<Arguments> reports() {
    return Stream.of(
        Arguments.of("diagnose-80", PLAIN, Incident.diagnose()),
        Arguments.of("diagnose-120", WIDE, Incident.diagnose()),
        Arguments.of("diagnose-color", COLOR, Incident.diagnose()),
        Arguments.of(
            "diagnose-consistent", PLAIN, Incident.diagnose(Incident.consistent(), List.of())),
        Arguments.of("diagnose-behind", PLAIN, Incident.diagnose(Incident.behind(), List.of())),
        Arguments.of("diagnose-empty", PLAIN, Samples.nothing()),
        Arguments.of("diagnose-hostile", PLAIN, Samples.hostile()),
        Arguments.of("diagnose-long", ASCII, Samples.longHistory()),
        Arguments.of("history", PLAIN, history(Incident.inconsistent(), false)),
        Arguments.of("history-color", COLOR, history(Incident.behind(), false)),
        Arguments.of("history-graph", PLAIN, history(Incident.behind(), true)),
        Arguments.of(
            "history-offline",
            ASCII,
            HistoryReport.offline(
                "alembic", "migrations", Incident.graph(), Incident.expectation(), true)),
        Arguments.of("compare-80", PLAIN, Samples.comparison()),
        Arguments.of("compare-color", COLOR, Samples.comparison()),
        Arguments.of("compare-equal", PLAIN, Samples.equal()),
        Arguments.of("target", PLAIN, Samples.target()),
        Arguments.of("target-color", COLOR, Samples.target()),
        Arguments.of("target-policy", PLAIN, Samples.undisputedTarget()),
        Arguments.of("target-use", PLAIN, Samples.switchedTarget()),
        Arguments.of("backup-create", PLAIN, Samples.backup()),
        Arguments.of("backup-create-color", COLOR, Samples.backup()),
        Arguments.of("backup-list", PLAIN, Samples.backups()),
        Arguments.of("backup-list-empty", PLAIN, Samples.noBackups()),
        Arguments.of("backup-verify", PLAIN, Samples.verified()),
        Arguments.of("backup-verify-not", PLAIN, Samples.verified("`public.users` is missing")),
        Arguments.of("backup-prune", PLAIN, Samples.pruned()),
        Arguments.of("repair", PLAIN, RepairSamples.planned()),
        Arguments.of("repair-color", COLOR, RepairSamples.planned()),
        Arguments.of("repair-undecided", PLAIN, RepairSamples.undecided()),
        Arguments.of("repair-again", PLAIN, RepairSamples.again()),
        Arguments.of("repair-applied", PLAIN, RepairSamples.applied()),
        Arguments.of("repair-applied-without-backup", PLAIN, RepairSamples.appliedWithoutBackup()),
        Arguments.of("repair-switched", PLAIN, RepairSamples.switched()),
        Arguments.of("repair-hostile", PLAIN, RepairSamples.hostile()),
        Arguments.of("repair-nothing", PLAIN, RepairSamples.nothing()),
        Arguments.of("restore", PLAIN, Samples.restored()),
        Arguments.of("restore-untouched", PLAIN, Samples.untouched()),
        Arguments.of("snapshot", PLAIN, Samples.snapshot()),
        Arguments.of("snapshot-color", COLOR, Samples.snapshot()),
        Arguments.of("snapshot-current", PLAIN, Samples.currentSnapshot()),
        Arguments.of("snapshot-stale", PLAIN, Samples.staleSnapshot()),
        Arguments.of("snapshot-broken", PLAIN, Samples.brokenSnapshot()),
        Arguments.of("snapshot-first", PLAIN, Samples.checked(new PreviousLock.Absent())),
        Arguments.of(
            "snapshot-other-result", PLAIN, Samples.checked(Samples.intact(LockDrift.NONE))));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void rendersTheWholeReport(String name, Terminal terminal, Report report) throws IOException {
    String text = new TextRenderer(terminal).render(report);

    GoldenFiles.assertMatches("report/text/" + name + ".txt", text);
    assertThat(text.lines().toList()).allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void coloursAddNothingAReaderNeeds(String name, Terminal terminal, Report report) {
    String coloured =
        new TextRenderer(new Terminal(true, terminal.width(), terminal.unicode())).render(report);

    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(
            new TextRenderer(new Terminal(false, terminal.width(), terminal.unicode()))
                .render(report));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void letsNoControlCharacterThrough(String name, Terminal terminal, Report report) {
    String text =
        new TextRenderer(new Terminal(false, terminal.width(), terminal.unicode())).render(report);

    assertThat(text.replace("\n", "")).isEqualTo(Printable.escape(text.replace("\n", "")));
  }

  @Test
  void checkIsOneLineThatSaysWhatToDoNext() {
    assertThat(new TextRenderer(PLAIN).render(Incident.check(Incident.inconsistent())))
        .isEqualTo(
            "stampguard: inconsistent: `devmatrix` is recorded at 66518741fa75 but really at"
                + " bcacf97a17b8 (16 tables missing); run `stampguard diagnose`\n");
    assertThat(new TextRenderer(PLAIN).render(Incident.check(Incident.behind())))
        .isEqualTo(
            "stampguard: behind: `devmatrix` is recorded at mge_v2_schema, all of it there, with 3"
                + " revisions pending, 3 accepted differences left out; run `stampguard diagnose`\n");
  }

  @Test
  void checkNamesAnIntervalAndBase() {
    var somewhere = TrueState.between(List.of(), List.of(Incident.BASE));

    assertThat(new TextRenderer(PLAIN).render(Incident.check(Incident.inconsistentAt(somewhere))))
        .isEqualTo(
            "stampguard: inconsistent: `devmatrix` is recorded at 66518741fa75 but really between"
                + " base and bcacf97a17b8 (16 tables missing); run `stampguard diagnose`\n");
  }

  @Test
  void checkOfHostileNamesIsStillOneLine() {
    String line = new TextRenderer(PLAIN).render(Samples.hostileCheck());

    assertThat(line).hasLineCount(1).endsWith("\n").doesNotContain("\u001b", "\u009b", "\u202e");
    assertThat(line).contains("evil\\x1b[2J\\u202etxt\\x0a\\x9bname");
  }

  @Test
  void failureIsOneSentenceAndAHint() throws IOException {
    var failure =
        new StampguardException(
            ExitCode.NO_ACCESS,
            "cannot connect to `devmatrix` on localhost:5432: the server refused the connection, as it"
                + " does when it is not running",
            "start it, or name another with `--url`");

    GoldenFiles.assertMatches("report/text/failure.txt", new TextRenderer(PLAIN).failure(failure));
  }

  @Test
  void failureWithoutHintIsOneLine() {
    var failure = new StampguardException(ExitCode.USAGE, "unknown command `chek`", null);

    assertThat(new TextRenderer(PLAIN).failure(failure))
        .isEqualTo("stampguard: unknown command `chek`\n");
  }

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void explainsEveryCode(FindingCode code) throws IOException {
    GoldenFiles.assertMatches(
        "report/text/help/" + code + ".txt", new TextRenderer(PLAIN).help(FindingHelp.of(code)));
  }

  @Test
  void wrapsWithinTheWidth() {
    List<String> lines =
        new TextRenderer(PLAIN).help(FindingHelp.of(FindingCode.SG101)).lines().toList();

    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private static Report history(Diagnosis diagnosis, boolean drawn) {
    return HistoryReport.judged(
        Incident.TARGET, "alembic", "migrations", diagnosis, Incident.expectation(), drawn);
  }
}
