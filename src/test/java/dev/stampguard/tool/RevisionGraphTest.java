package dev.stampguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RevisionGraphTest {
  private static Revision revision(String id, String created, String... parents) {
    return new Revision(
        id,
        "",
        id + ".py",
        3,
        List.of(parents),
        List.of(),
        List.of(),
        created.isEmpty() ? Optional.empty() : Optional.of(created));
  }

  private static List<String> ids(RevisionGraph graph) {
    return graph.revisions().stream().map(Revision::id).toList();
  }

  @Test
  void oldestFirstWhateverTheOrderOfReading() {
    var revisions =
        new ArrayList<>(
            List.of(
                revision("z", "2025-01-01"),
                revision("y", "2025-01-03", "z"),
                revision("x", "2025-01-02", "z"),
                revision("w", "2025-01-04", "x", "y")));
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(revisions, new Random(seed));
      assertThat(ids(RevisionGraph.of(revisions, List.of()))).containsExactly("z", "x", "y", "w");
    }
  }

  @Test
  void closureFollowsParentsAndDependencies() {
    var graph =
        RevisionGraph.of(
            List.of(
                revision("a", ""),
                revision("b", "", "a"),
                new Revision(
                    "p", "", "p.py", 1, List.of(), List.of("b"), List.of(), Optional.empty())),
            List.of());
    assertThat(graph.closure(List.of("p", "nowhere"))).containsExactlyInAnyOrder("p", "b", "a");
    assertThat(graph.descendants(List.of("a"))).containsExactlyInAnyOrder("a", "b", "p");
    assertThat(graph.heads()).containsExactly("b", "p");
    assertThat(graph.headsOf(List.of("a", "b", "p"))).containsExactly("p");
    assertThat(graph.headsOf(List.of())).isEmpty();
  }

  @Test
  void duplicateIdsAreNamedWithBothFiles() {
    var graph =
        RevisionGraph.of(
            List.of(
                revision("a", ""),
                new Revision(
                    "a", "", "b.py", 5, List.of(), List.of(), List.of(), Optional.empty())),
            List.of());
    assertThat(graph.problems())
        .containsExactly(
            new GraphProblem(
                GraphProblem.Kind.DUPLICATE_ID,
                "revision `a` is also defined in `a.py`",
                "b.py",
                5,
                List.of("a")));
  }

  @Test
  void missingParentsAreNamed() {
    var graph = RevisionGraph.of(List.of(revision("b", "", "gone")), List.of());
    assertThat(ids(graph)).containsExactly("b");
    assertThat(graph.problems())
        .extracting(GraphProblem::kind)
        .containsExactly(GraphProblem.Kind.MISSING_PARENT);
    assertThat(graph.needs("b")).isEmpty();
  }

  @Test
  void aCycleIsNamedOnceAndWhatIsBehindItIsNotACycle() {
    var graph =
        RevisionGraph.of(
            List.of(
                revision("root", ""),
                revision("a", "", "b"),
                revision("b", "", "a"),
                revision("behind", "", "b"),
                revision("self", "", "self")),
            List.of());
    assertThat(ids(graph)).containsExactly("root");
    assertThat(graph.problems())
        .extracting(GraphProblem::kind)
        .containsExactly(GraphProblem.Kind.CYCLE, GraphProblem.Kind.CYCLE);
    assertThat(graph.problems().getFirst().revisions()).containsExactlyInAnyOrder("a", "b");
    assertThat(graph.problems().getLast().revisions()).containsExactly("self");
  }
}
