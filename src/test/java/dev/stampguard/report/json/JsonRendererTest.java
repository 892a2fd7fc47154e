package dev.stampguard.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.expectation.lock.PreviousLock;
import dev.stampguard.report.HistoryReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.RepairSamples;
import dev.stampguard.report.Report;
import dev.stampguard.report.Samples;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.GoldenFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRendererTest {
  private static final JsonRenderer RENDERER = new JsonRenderer("1.2.3");

  static Stream<Arguments> reports() {
    return Stream.of(
        Arguments.of("diagnose", Incident.diagnose()),
        Arguments.of("diagnose-empty", Samples.nothing()),
        Arguments.of("diagnose-hostile", Samples.hostile()),
        Arguments.of("check-behind", Incident.check(Incident.behind())),
        Arguments.of("history", history()),
        Arguments.of(
            "history-offline",
            HistoryReport.offline(
                "alembic", "migrations", Incident.graph(), Incident.expectation(), false)),
        Arguments.of("compare", Samples.comparison()),
        Arguments.of("compare-equal", Samples.equal()),
        Arguments.of("target", Samples.target()),
        Arguments.of("target-policy", Samples.undisputedTarget()),
        Arguments.of("target-use", Samples.switchedTarget()),
        Arguments.of("snapshot", Samples.snapshot()),
        Arguments.of("snapshot-broken", Samples.brokenSnapshot()),
        Arguments.of("snapshot-first", Samples.checked(new PreviousLock.Absent())),
        Arguments.of("backup-create", Samples.backup()),
        Arguments.of("backup-list", Samples.backups()),
        Arguments.of("backup-list-empty", Samples.noBackups()),
        Arguments.of("backup-verify", Samples.verified()),
        Arguments.of("backup-verify-not", Samples.verified("`public.users` is missing")),
        Arguments.of("backup-prune", Samples.pruned()),
        Arguments.of("repair", RepairSamples.planned()),
        Arguments.of("repair-undecided", RepairSamples.undecided()),
        Arguments.of("repair-again", RepairSamples.again()),
        Arguments.of("repair-applied", RepairSamples.applied()),
        Arguments.of("repair-applied-without-backup", RepairSamples.appliedWithoutBackup()),
        Arguments.of("repair-switched", RepairSamples.switched()),
        Arguments.of("repair-hostile", RepairSamples.hostile()),
        Arguments.of("repair-nothing", RepairSamples.nothing()),
        Arguments.of("restore", Samples.restored()),
        Arguments.of("restore-untouched", Samples.untouched()));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void writesOneDocumentThatKeepsTheSchema(String name, Report report) throws IOException {
    String document = write(report);

    GoldenFiles.assertMatches("report/json/" + name + ".json", document);
    assertThat(DocumentSchema.violations(document)).isEmpty();
  }

  @Test
  void writesAFailureAndNothingElse() throws IOException {
    var failure =
        new StampguardException(
            ExitCode.NO_ACCESS,
            "cannot connect to `devmatrix` on localhost:5432 as `devmatrix`",
            "start the server, or name another with `--url`");
    String document = write(out -> RENDERER.writeFailure("diagnose", failure, out));

    GoldenFiles.assertMatches("report/json/failure.json", document);
    assertThat(DocumentSchema.violations(document)).isEmpty();
  }

  @Test
  void writesWhatAFailureDoesNotKnowAsNull() throws IOException {
    var failure = new StampguardException(ExitCode.USAGE, "unknown command `chek`", null);
    String document = write(out -> RENDERER.writeFailure(null, failure, out));

    GoldenFiles.assertMatches("report/json/failure-unknown-command.json", document);
    assertThat(DocumentSchema.violations(document)).isEmpty();
  }

  @Test
  void sortsParentsOldestFirst() throws IOException {
    List<String> lines = write(MergedHistory.report()).lines().map(String::strip).toList();

    int parents = lines.lastIndexOf("\"parents\": [");
    assertThat(lines.subList(parents + 1, parents + 4))
        .containsExactly("\"z_older\",", "\"a_younger\",", "\"undefined\"");
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    var out =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() {
            closed = true;
          }
        };
    RENDERER.write(Samples.equal(), out);

    assertThat(out.closed).isFalse();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{\n").endsWith("}\n");
  }

  private static Report history() {
    return HistoryReport.judged(
        Incident.TARGET,
        "alembic",
        "migrations",
        Incident.inconsistent(),
        Incident.expectation(),
        false);
  }

  private static String write(Report report) throws IOException {
    return write(out -> RENDERER.write(report, out));
  }

  private static String write(Writing writing) throws IOException {
    var out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }
}
