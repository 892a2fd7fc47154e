package dev.stampguard.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.Runs;
import dev.stampguard.report.Samples;
import dev.stampguard.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, used as people use it: mouse, keyboard, desktop, phone, dark. */
class PageTest {
  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;

  private static Browser browser;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(false);
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyPageFitsEveryWidthAndTheConsoleSaysNothing() throws Exception {
    Map<String, DiagnosisReport> pages =
        new TreeMap<>(
            Map.of(
                "small", Pages.small(),
                "large", Pages.large(),
                "hostile", Samples.hostile(),
                "nothing", Samples.nothing(),
                "healthy", Incident.diagnose(Incident.consistent(), List.of())));
    for (Map.Entry<String, DiagnosisReport> page : pages.entrySet()) {
      for (int width : new int[] {DESKTOP, PHONE}) {
        open(page.getValue(), width);
        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
            .as("%s at %d", page.getKey(), width)
            .isLessThanOrEqualTo(width);
        assertThat(browser.console()).as(page.getKey()).isEmpty();
      }
    }
  }

  @Test
  void aScriptThatIsNotItsOwnDoesNotRun() throws Exception {
    open(Pages.small(), DESKTOP);
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'window.foreign = 1';"
            + " document.body.append(s)");

    assertThat(browser.run("return window.foreign === undefined").asBoolean()).isTrue();
    assertThat(browser.console()).anyMatch(line -> line.contains("Content Security Policy"));
  }

  @Test
  void theGraphIsDrawnWithANodeAtEachRevision() throws Exception {
    open(Pages.small(), DESKTOP);

    assertThat(count("#graph summary svg.lanes g.node")).isEqualTo(20);
    assertThat(count("#graph summary svg.lanes line.lane")).isGreaterThan(40);
    assertThat(
            browser
                .run(
                    "return [...document.querySelectorAll('#graph summary g.node')].every(n => {"
                        + " const box = n.getBoundingClientRect();"
                        + " const row = n.closest('summary').getBoundingClientRect();"
                        + " return box.width > 4 && box.top >= row.top && box.bottom <= row.bottom; })")
                .asBoolean())
        .isTrue();
    assertThat(
            browser
                .run(
                    "const color = state => getComputedStyle(document.querySelector('#graph .badge.s-' + state)).color;"
                        + " return new Set(['applied', 'hollow', 'altered', 'pending', 'unrecorded'].map(color)).size")
                .asInt())
        .isEqualTo(5);
  }

  @Test
  void aClickShowsWhatTheRevisionOwed() throws Exception {
    open(Pages.small(), DESKTOP);
    browser.click("#rev-10 > summary");

    assertThat(browser.run("return document.getElementById('rev-10').open").asBoolean()).isTrue();
    assertThat(browser.run("return document.querySelector('#rev-10 .body').innerText").asText())
        .contains(
            "Missing: 1 object", "table public.carriers", "migrations/versions/0010_shipping.py:7");
  }

  @Test
  void theFilterLeavesWhatMatches() throws Exception {
    open(Pages.large(), DESKTOP);
    assertThat(shown()).isEqualTo(800);

    browser.click("#filter-text");
    browser.press("rev77");
    assertThat(shown()).isEqualTo(10);
    assertThat(browser.run("return document.getElementById('filter-count').value").asText())
        .isEqualTo("10 of 800 shown");
    assertThat(
            browser
                .run("return getComputedStyle(document.querySelector('.lane')).display")
                .asText())
        .isEqualTo("none");

    browser.click("#filter input[value=applied]");
    assertThat(shown()).isEqualTo(7);

    browser.run("document.getElementById('filter-text').focus()");
    browser.press("zzz");
    assertThat(shown()).isZero();
    assertThat(browser.run("return document.getElementById('no-match').hidden").asBoolean())
        .isFalse();
  }

  @Test
  void theKeyboardReachesEverything() throws Exception {
    open(Pages.small(), DESKTOP);
    browser.press(Browser.TAB);
    assertThat(focused()).isEqualTo("Skip to the findings");

    String outline = "return getComputedStyle(document.activeElement).outlineStyle";
    for (int i = 0; i < 80 && !focused().startsWith("0001_accounts"); i++) {
      browser.press(Browser.TAB);
      assertThat(browser.run(outline).asText()).as(focused()).isNotEqualTo("none");
    }
    assertThat(focused()).startsWith("0001_accounts");
    browser.press(Browser.DOWN.repeat(9));
    assertThat(focused()).startsWith("0010_shipping");
    browser.press(Browser.ENTER);
    assertThat(browser.run("return document.getElementById('rev-10').open").asBoolean()).isTrue();
  }

  @Test
  void aLinkToARevisionOpensItEvenWhereAFilterHidIt() throws Exception {
    open(Pages.large(), DESKTOP);
    browser.click("#filter input[value=hollow]");
    assertThat(shown()).isEqualTo(782);
    browser.click("#filter a");

    assertThat(shown()).isEqualTo(800);
    assertThat(browser.run("return document.getElementById('rev-773').open").asBoolean()).isTrue();
    assertThat(focused()).startsWith("rev773");
  }

  @Test
  void textKeepsItsContrastLightAndDark() throws Exception {
    assertContrast(browser);
    try (Browser dark = Browser.start(true)) {
      assertContrast(dark);
    }
  }

  /** WCAG's formula, over every element that has text of its own. */
  private void assertContrast(Browser looked) throws Exception {
    looked.open(write(Pages.small()), DESKTOP);
    assertThat(
            looked.run(
                """
                    document.querySelectorAll('details').forEach(d => { d.open = true; });
                    const parts = c => c.match(/[\\d.]+/g).map(Number);
                    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                    const ground = e => {
                      for (; e; e = e.parentElement) {
                        const c = parts(getComputedStyle(e).backgroundColor);
                        if (c.length < 4 || c[3] > 0) return c;
                      }
                      return [255, 255, 255];
                    };
                    return [...document.body.querySelectorAll('*')]
                      .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                      .filter(e => !['SCRIPT', 'STYLE'].includes(e.tagName) && e.offsetParent)
                      .map(e => {
                        const a = light(parts(getComputedStyle(e).color)), b = light(ground(e));
                        return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 80)];
                      })
                      .filter(([ratio]) => ratio < 4.5).map(String);
                    """))
        .isEmpty();
  }

  private void open(DiagnosisReport report, int width) throws Exception {
    browser.open(write(report), width);
  }

  private Path write(DiagnosisReport report) throws IOException {
    Path page = Files.createTempFile(directory, "page", ".html");
    return Files.writeString(page, new HtmlRenderer(Runs.failed()).render(report));
  }

  private static int count(String selector) throws Exception {
    return browser.run("return document.querySelectorAll('%s').length".formatted(selector)).asInt();
  }

  private static int shown() throws Exception {
    return browser
        .run(
            "return [...document.querySelectorAll('#graph > li')].filter(li => li.offsetParent).length")
        .asInt();
  }

  private static String focused() throws Exception {
    return browser
        .run("return document.activeElement.innerText || document.activeElement.id")
        .asText();
  }
}
