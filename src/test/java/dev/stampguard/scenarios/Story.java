package dev.stampguard.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code diagnose} said, as far as scenarios expect anything of it.
 *
 * @param exitCode of the run
 * @param document its output
 */
record Story(int exitCode, Json document) {
  /** All that is expected, one line each, as it came. */
  List<String> lines(Expected expected) {
    Optional<Json> state = document.object("true_state");
    var about = new TreeMap<String, List<String>>();
    expected.about().keySet().forEach(code -> about.put(code, about(code)));
    return lines(
        expected,
        document.string("verdict"),
        exitCode,
        findings().map(finding -> finding.string("code")).sorted().toList(),
        state.map(ends -> ends.strings("lower")),
        state.map(ends -> ends.strings("upper")),
        charged("missing"),
        charged("different"),
        about);
  }

  static List<String> lines(
      Expected expected,
      String verdict,
      int exitCode,
      List<String> codes,
      Optional<List<String>> lower,
      Optional<List<String>> upper,
      Map<String, List<String>> missing,
      Map<String, List<String>> different,
      Map<String, List<String>> about) {
    var lines = new ArrayList<String>();
    lines.add("verdict " + verdict + ", exit code " + exitCode);
    lines.add("findings " + codes);
    lines.add("true state from " + lower + " to " + upper);
    if (expected.saysWhoOwesWhat()) {
      add(lines, "misses", missing);
      add(lines, "has otherwise", different);
    }
    about.forEach((code, objects) -> lines.add(code + " is about " + objects));
    return lines;
  }

  private static void add(List<String> lines, String how, Map<String, List<String>> objects) {
    new TreeMap<>(objects)
        .forEach(
            (revision, names) -> {
              if (!names.isEmpty()) {
                lines.add(revision + " " + how + " " + names);
              }
            });
  }

  /** The findings in their own words. */
  String details() {
    return findings()
        .map(finding -> finding.string("code") + " " + finding.string("detail"))
        .collect(Collectors.joining("\n"));
  }

  private Stream<Json> findings() {
    return document.objects("findings").stream();
  }

  /** Objects by the revision that is charged with them. */
  private Map<String, List<String>> charged(String how) {
    return document.objects("revisions").stream()
        .collect(
            Collectors.toMap(revision -> revision.string("id"), revision -> revision.strings(how)));
  }

  private List<String> about(String code) {
    return findings()
        .filter(finding -> finding.string("code").equals(code))
        .flatMap(finding -> finding.strings("objects").stream())
        .sorted()
        .toList();
  }
}
