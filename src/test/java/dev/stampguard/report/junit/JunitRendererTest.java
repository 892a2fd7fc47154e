package dev.stampguard.report.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Incident;
import dev.stampguard.report.RunFacts;
import dev.stampguard.report.Runs;
import dev.stampguard.report.Samples;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitRendererTest {
  static Stream<DiagnosisReport> reports() {
    return Stream.of(
        Incident.diagnose(),
        Incident.check(Incident.consistent()),
        Incident.check(Incident.behind()),
        Samples.hostile(),
        Samples.longHistory(),
        Samples.nothing());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void suitesKeepTheSchemaThatSurefirePublishes(DiagnosisReport report) throws Exception {
    validate(suite(report, Runs.failed()));
  }

  @Test
  void theSchemaRefusesWhatIsNoSuite() throws Exception {
    Element suite = suite(Incident.diagnose(), Runs.failed());
    suite.removeAttribute("tests");

    assertThatThrownBy(() -> validate(suite)).isInstanceOf(SAXException.class);
  }

  @Test
  void aRevisionIsACaseAndFailsWithItsFindings() throws Exception {
    Element suite = suite(Incident.diagnose(), Runs.failed());
    List<Element> cases = all(suite, "testcase");

    assertThat(suite.getAttribute("name")).isEqualTo("stampguard devmatrix");
    assertThat(suite.getAttribute("tests")).isEqualTo("13");
    assertThat(suite.getAttribute("failures")).isEqualTo("11");
    assertThat(cases).hasSize(13);
    assertThat(cases.get(1).getAttribute("name")).isEqualTo("93ad2d77767b Add users table");
    assertThat(cases.get(1).getAttribute("classname")).isEqualTo("alembic.public.alembic_version");
    assertThat(all(cases.get(1), "failure")).hasSize(1);
    assertThat(all(cases.get(1), "failure").getFirst().getAttribute("type")).isEqualTo("SG102");
  }

  @Test
  void whatDoesNotMakeTheRunFailIsOutputOnly() throws Exception {
    List<Element> cases = all(suite(Incident.diagnose(), Runs.failed()), "testcase");

    assertThat(all(cases.getFirst(), "failure")).isEmpty();
    assertThat(all(cases.getFirst(), "system-out").getFirst().getTextContent()).contains("SG111");
    assertThat(cases.getLast().getAttribute("name")).startsWith("SG112 ");
    assertThat(all(cases.getLast(), "failure")).isEmpty();
  }

  @Test
  void theRunsOwnThresholdDecides() throws Exception {
    Element suite = suite(Incident.diagnose(), Runs.of(ExitCode.FINDINGS, Severity.INFO, ""));

    assertThat(suite.getAttribute("failures")).isEqualTo("13");
  }

  @Test
  void whatIsPendingIsSkipped() throws Exception {
    Element suite = suite(Incident.check(Incident.behind()), Runs.fine());

    assertThat(suite.getAttribute("skipped")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(all(suite, "skipped")).hasSize(3);
  }

  @Test
  void aRunThatRequiresTheHeadHasACaseThatFails() throws Exception {
    Element suite =
        suite(Incident.check(Incident.behind()), Runs.of(ExitCode.FINDINGS, Severity.ERROR, ""));

    assertThat(suite.getAttribute("tests")).isEqualTo("13");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(all(suite, "testcase").getLast().getAttribute("name")).isEqualTo("behind");
  }

  @Test
  void namesCannotBreakTheDocument() throws Exception {
    Element suite = suite(Samples.hostile(), Runs.failed());

    assertThat(all(suite, "testcase").getFirst().getAttribute("name"))
        .contains("\\x1b[2J")
        .doesNotContain("\u001b");
  }

  private static Element suite(DiagnosisReport report, RunFacts run)
      throws IOException, SAXException, ParserConfigurationException {
    String text = new JunitRenderer(run).render(report);
    var suites =
        all(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement(),
            "testsuite");
    assertThat(suites).hasSize(1);
    return suites.getFirst();
  }

  private static void validate(Element suite) throws IOException, SAXException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new File(System.getProperty("stampguard.junit.schema")))
        .newValidator()
        .validate(new DOMSource(suite));
  }

  private static List<Element> all(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
