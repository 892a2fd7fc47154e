package dev.stampguard.report.text;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.diagnosis.Finding;
import dev.stampguard.diagnosis.Severity;
import dev.stampguard.diagnosis.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Findings, heaviest first. */
final class FindingsText {
  private FindingsText() {}

  /**
   * @param listed objects that stand elsewhere on the page and are not repeated
   */
  static void write(Page page, List<Finding> findings, Set<ObjectName> listed) {
    if (findings.isEmpty()) {
      page.heading("Findings: none");
      return;
    }
    page.heading("Findings: " + bySeverity(findings));
    findings.forEach(finding -> write(page, finding, listed));
  }

  /** For example {@code 2 errors, 1 warning}. */
  static String bySeverity(List<Finding> findings) {
    var counts = new ArrayList<String>();
    Arrays.stream(Severity.values())
        .sorted(Comparator.reverseOrder())
        .forEach(
            severity -> {
              int number =
                  Math.toIntExact(
                      findings.stream().filter(found -> found.severity() == severity).count());
              if (number > 0) {
                counts.add(
                    severity == Severity.INFO
                        ? number + " info"
                        : Words.count(number, severity.label()));
              }
            });
    return String.join(", ", counts);
  }

  private static void write(Page page, Finding finding, Set<ObjectName> listed) {
    page.paragraph(
        2,
        Phrase.of(Role.of(finding.severity()), finding.severity().label())
            .plain(" ")
            .with(Role.EMPHASIS, finding.code().name())
            .plain(" ")
            .then(Phrase.prose(finding.title())));
    page.paragraph(4, Phrase.prose(finding.detail()));
    List<ObjectName> objects =
        finding.objects().stream().filter(object -> !listed.contains(object)).toList();
    page.list(6, objects, object -> Phrase.of(object.toString()));
    page.paragraph(
        4, Phrase.of(Role.EMPHASIS, "hint:").plain(" ").then(Phrase.prose(finding.hint())));
  }
}
