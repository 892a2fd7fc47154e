package dev.stampguard.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.Runs;
import dev.stampguard.report.Samples;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page as text; {@link PageTest} looks at it in a browser. */
class HtmlRendererTest {
  static Stream<DiagnosisReport> reports() {
    return Stream.of(
        Pages.small(),
        Pages.large(),
        Incident.diagnose(),
        Incident.diagnose(Incident.consistent(), List.of()),
        Incident.diagnose(Incident.behind(), List.of()),
        Samples.hostile(),
        Samples.nothing());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void nothingIsFetchedAndOnlyItsOwnScriptRuns(DiagnosisReport report)
      throws NoSuchAlgorithmException {
    String page = render(report);

    assertThat(page)
        .contains("default-src 'none'; style-src 'sha256-" + digest(inside(page, "style")) + "';")
        .contains(" script-src 'sha256-" + digest(inside(page, "script")) + "';")
        .doesNotContainPattern(
            "(?i)https?://|@import|url\\(|<link|<img|<iframe| src=| style=| on[a-z]+=\"");
    assertThat(all(page, "<script")).hasSize(1);
    assertThat(all(page, "<style")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyLinkLeadsToSomethingThatIsThereOnce(DiagnosisReport report) {
    String page = render(report);
    List<String> ids = all(page, " id=\"([^\"]+)\"");

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(all(page, "href=\"#([^\"]+)\""));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyRevisionHasItsRowInOrder(DiagnosisReport report) {
    assertThat(all(render(report), "data-state=\"([^\"]+)\""))
        .containsExactlyElementsOf(
            report.diagnosis().revisions().stream().map(judged -> judged.state().label()).toList());
  }

  @Test
  void foreignNamesStayText() {
    String page = render(Samples.hostile());

    assertThat(page).doesNotContain("\u001b", "\u202e", "\u009b").contains("\\x1b[2J");
    assertThat(render(hostileMarkup()))
        .doesNotContain("<script>alert", "</style><")
        .contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void bothDefinitionsStandSideBySide() {
    assertThat(render(Pages.small()))
        .containsPattern(
            "(?s)public\\.accounts\\.email</code></th>.*?<td><pre>character varying\\(320\\) not"
                + " null</pre></td><td><pre>text</pre></td>")
        .containsPattern(
            "(?s)public\\.carriers</code></th>.*?<span class=\"absent\">missing</span>");
  }

  @Test
  void eachWayOutHasItsPlanAndCommands() {
    assertThat(render(Pages.large()))
        .contains(
            "Set the ledger <code>public.alembic_version</code> from <code>rev790</code> to <code>rev772</code>.")
        .contains("Run 18 revisions, in this order:")
        .contains("stampguard repair --apply --strategy restamp --yes")
        .contains("stampguard repair --strategy switch --to devmatrix_test");
  }

  private static DiagnosisReport hostileMarkup() {
    DiagnosisReport report = Pages.small();
    return new DiagnosisReport(
        report.command(),
        report.diagnosis(),
        new dev.stampguard.report.TargetView(
            "</title><script>alert(1)</script>",
            "\"><script>alert(2)</script>",
            1,
            "</style><b>",
            "`<i>`",
            java.util.Optional.of("<u>"),
            List.of("<s>")),
        "<script>alert(3)</script>",
        "migrations",
        report.siblings(),
        report.repairs());
  }

  private static String render(DiagnosisReport report) {
    return new HtmlRenderer(Runs.failed()).render(report);
  }

  private static String inside(String page, String element) {
    String start = "<" + element + ">";
    int from = page.indexOf(start) + start.length();
    return page.substring(from, page.indexOf("</" + element + ">", from));
  }

  private static String digest(String text) throws NoSuchAlgorithmException {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern)
        .matcher(page)
        .results()
        .map((MatchResult found) -> found.groupCount() == 0 ? found.group() : found.group(1))
        .toList();
  }
}
