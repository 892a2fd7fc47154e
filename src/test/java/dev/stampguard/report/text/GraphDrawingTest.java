package dev.stampguard.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.GoldenFiles;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphDrawingTest {
  /** Each revision as {@code id: parents + depends_on}, oldest first. */
  static Stream<Arguments> histories() {
    return Stream.of(
        Arguments.of("linear", List.of("a:", "b: a", "c: b")),
        Arguments.of("branch-and-merge", List.of("a:", "b: a", "c: a", "d: b", "e: d c", "f: e")),
        Arguments.of("two-roots", List.of("a:", "b:", "c: a", "d: b", "e: c d")),
        Arguments.of("criss-cross", List.of("a:", "b: a", "c: a", "d: b c", "e: b c", "f: d e")),
        Arguments.of(
            "octopus", List.of("a:", "b: a", "c: a", "d: a", "e: a", "f: b d e", "g: c f")),
        Arguments.of("unfinished", List.of("a:", "b: a", "c: a", "d:", "e: c", "f: a")),
        Arguments.of("depends-on", List.of("a:", "b:", "c: a + b", "d: b")));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void drawsBranchesAndMerges(String name, List<String> history) throws IOException {
    GoldenFiles.assertMatches(
        "report/text/graph/" + name + ".txt",
        draw(history, Glyphs.UNICODE) + "\n" + draw(history, Glyphs.ASCII));
  }

  @Test
  void marksWhatIsNotRecorded() {
    List<Revision> revisions = revisions(List.of("a:", "b: a"));

    List<GraphDrawing.Row> rows =
        GraphDrawing.of(revisions, revision -> revision.id().equals("a"), Glyphs.UNICODE);

    assertThat(rows).extracting(GraphDrawing.Row::lanes).containsExactly("●", "○");
  }

  @Test
  void drawsNothingOfNothing() {
    assertThat(GraphDrawing.of(List.of(), revision -> true, Glyphs.UNICODE)).isEmpty();
  }

  /** Follows the drawn lines downwards and expects to find exactly the history's edges. */
  @Test
  void canBeReadBack() {
    var random = new Random(20251020);
    for (int round = 0; round < 300; round++) {
      List<Revision> revisions = revisions(randomHistory(random));

      List<GraphDrawing.Row> rows = GraphDrawing.of(revisions, any -> true, Glyphs.UNICODE);

      assertThat(DrawingReader.edges(rows)).isEqualTo(edges(revisions));
    }
  }

  private static List<String> randomHistory(Random random) {
    var history = new ArrayList<String>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      var parents = new ArrayList<String>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(4) == 0) {
          parents.add("r" + j);
        }
      }
      history.add("r" + i + ": " + String.join(" ", parents));
    }
    return history;
  }

  private static List<String> edges(List<Revision> revisions) {
    return revisions.stream()
        .flatMap(child -> child.parents().stream().map(parent -> parent + " -> " + child.id()))
        .sorted()
        .toList();
  }

  private static String draw(List<String> history, Glyphs glyphs) {
    return GraphDrawing.of(revisions(history), revision -> true, glyphs).stream()
        .map(
            row ->
                row.lanes()
                    + row.revision()
                        .map(revision -> "  " + revision.id() + needs(revision))
                        .orElse(""))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String needs(Revision revision) {
    List<String> needs =
        Stream.concat(revision.parents().stream(), revision.dependsOn().stream()).toList();
    return needs.isEmpty() ? "" : " <- " + String.join(" ", needs);
  }

  private static List<Revision> revisions(List<String> history) {
    var revisions = new ArrayList<Revision>();
    for (String line : history) {
      String[] parts = line.split(":", 2);
      String[] needs = parts[1].split("\\+", 2);
      revisions.add(
          new Revision(
              parts[0],
              "",
              parts[0] + ".py",
              1,
              ids(needs[0]),
              needs.length == 2 ? ids(needs[1]) : List.of(),
              List.of(),
              Optional.of("%04d".formatted(revisions.size()))));
    }
    return RevisionGraph.of(revisions, List.of()).revisions();
  }

  private static List<String> ids(String list) {
    return Arrays.stream(list.strip().split(" ")).filter(id -> !id.isEmpty()).toList();
  }
}
