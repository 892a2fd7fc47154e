package dev.stampguard.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.report.html.LaneLayout.Lane;
import dev.stampguard.report.html.LaneLayout.Row;
import dev.stampguard.testing.World;
import dev.stampguard.tool.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LaneLayoutTest {
  @Test
  void aChainTakesOneLane() {
    List<Row> rows =
        layout(new World().revision("a", "", "").revision("b", "a", "").revision("c", "b", ""));

    assertThat(rows).extracting(Row::column).containsExactly(0, 0, 0);
    assertThat(rows.get(0).leaving()).containsExactly(new Lane(0, false));
    assertThat(rows.get(1).arriving()).containsExactly(new Lane(0, false));
    assertThat(rows.get(2).leaving()).isEmpty();
  }

  @Test
  void branchesRunBesideEachOtherAndMeet() {
    List<Row> rows =
        layout(
            new World()
                .revision("a", "", "")
                .revision("b", "a", "")
                .revision("c", "a", "")
                .revision("d", "b c", ""));

    assertThat(rows).extracting(Row::column).containsExactly(0, 0, 1, 0);
    assertThat(rows.get(1).passing()).containsExactly(new Lane(1, false));
    assertThat(rows.get(3).arriving()).containsExactly(new Lane(0, false), new Lane(1, false));
    assertThat(rows.get(3).width()).isEqualTo(2);
  }

  @Test
  void whatIsOnlyDependedOnIsMarked() {
    List<Row> rows =
        layout(new World().revision("a", "", "").revision("b", "", "").revision("c", "b", "a", ""));

    assertThat(rows.get(0).leaving()).containsExactly(new Lane(0, true));
    assertThat(rows.get(2).arriving())
        .containsExactlyInAnyOrder(new Lane(0, true), new Lane(1, false));
  }

  @Test
  void ofAnyHistoryEachEdgeIsDrawnFromItsParentToItsChildAndNoOther() {
    var random = new Random(20251127);
    for (int history = 0; history < 60; history++) {
      var world = new World();
      for (int i = 0; i < 40; i++) {
        var parents = new TreeSet<String>();
        for (int p = random.nextInt(4); p > 0 && i > 0; p--) {
          parents.add("r%02d".formatted(Math.max(0, i - 1 - random.nextInt(6))));
        }
        world.revision("r%02d".formatted(i), String.join(" ", parents), "");
      }
      assertThat(drawn(world.graph().revisions())).isEqualTo(declared(world.graph().revisions()));
    }
  }

  /** Follows every lane from row to row, as an eye does. */
  private static Set<String> drawn(List<Revision> revisions) {
    List<Row> rows = LaneLayout.of(revisions);
    Map<Integer, String> lanes = new HashMap<>();
    var edges = new HashSet<String>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String id = revisions.get(i).id();
      for (Lane lane : row.arriving()) {
        edges.add(lanes.remove(lane.column()) + ">" + id);
      }
      assertThat(row.passing())
          .extracting(Lane::column)
          .containsExactlyInAnyOrderElementsOf(lanes.keySet());
      assertThat(lanes).doesNotContainKey(row.column());
      for (Lane lane : row.leaving()) {
        assertThat(lanes.put(lane.column(), id)).isNull();
      }
    }
    assertThat(lanes).isEmpty();
    return edges;
  }

  private static Set<String> declared(List<Revision> revisions) {
    var edges = new ArrayList<String>();
    revisions.forEach(
        revision -> revision.parents().forEach(parent -> edges.add(parent + ">" + revision.id())));
    return Set.copyOf(edges);
  }

  private static List<Row> layout(World world) {
    return LaneLayout.of(world.graph().revisions());
  }
}
