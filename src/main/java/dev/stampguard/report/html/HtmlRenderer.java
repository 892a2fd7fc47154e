package dev.stampguard.report.html;

import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * Writes the page. Its content-security policy allows nothing but its own style and script, which
 * it names by their digests: whatever a foreign name holds, a browser runs and loads nothing.
 */
public final class HtmlRenderer {
  private final RunFacts run;

  public HtmlRenderer(RunFacts run) {
    this.run = Objects.requireNonNull(run);
  }

  /** The report as one page. */
  public String render(DiagnosisReport whole) {
    DiagnosisReport report = whole.worst();
    var revisions = new RevisionsPart(report.diagnosis());
    String style = HtmlResource.read("report.css") + revisions.style();
    String script = HtmlResource.read("report.js");
    var page = new Markup();
    page.raw("<!doctype html>\n").open("html", "lang", "en").line();
    head(page, report, style, script);
    page.open("body").line();
    page.element("a", "Skip to the findings", "class", "skip", "href", "#findings").line();
    HeaderPart.write(page, report);
    page.open("main").line();
    ToolsPart.write(page, whole);
    FactsPart.write(page, report);
    FindingsPart.write(page, report.diagnosis(), revisions);
    WaysPart.write(page, report, revisions, !whole.others().isEmpty());
    revisions.write(page);
    ObjectsPart.write(page, report, revisions);
    BesidePart.write(page, report);
    page.close().line();
    footer(page, report.diagnosis());
    page.open("script").raw(script).close().line();
    page.close().line();
    return page.close().line().toString();
  }

  private static void head(Markup page, DiagnosisReport report, String style, String script) {
    page.open("head").line();
    page.empty("meta", "charset", "utf-8").line();
    page.empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                .formatted(digest(style), digest(script)))
        .line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    page.empty("meta", "name", "color-scheme", "content", "light dark").line();
    page.empty("meta", "name", "referrer", "content", "no-referrer").line();
    page.element(
            "title",
            report.diagnosis().verdict().label()
                + ": "
                + report.target().database()
                + " - stampguard")
        .line();
    page.open("style").raw(style).close().line();
    page.close().line();
  }

  private void footer(Markup page, Diagnosis diagnosis) {
    page.open("footer");
    Prose.paragraph(
        page,
        "Made by stampguard %s at %s. Exit code %s: %s."
            .formatted(
                run.toolVersion(),
                run.made().toString().replace('T', ' ').replace("Z", " UTC"),
                run.outcome().exitCode().code(),
                run.outcome().exitCode().meaning()));
    diagnosis
        .unusedAcceptances()
        .forEach(
            place -> Prose.paragraph(page, "`" + place + "` accepts drift that is not there."));
    page.close().line();
  }

  private static String digest(String inlined) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(inlined.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
