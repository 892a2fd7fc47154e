package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.expectation.Expectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockDriftTest {
  private static final Map<String, ScriptDigest> SCRIPTS =
      Map.of("a", script("a"), "b", script("b"), "c", script("c"), "d", script("d"));

  private final LockFile lock =
      LockFile.of(
          "alembic",
          18,
          "public",
          graph(revision("a"), revision("b", "a"), revision("c", "b")),
          new Expectation(Expectation.Source.REPLAY, Map.of(), List.of(), Map.of()),
          SCRIPTS);

  private static ScriptDigest script(String text) {
    return ScriptDigest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Revision revision(String id, String... parents) {
    return new Revision(
        id, "", id + ".py", 3, Arrays.asList(parents), List.of(), List.of(), Optional.empty());
  }

  private static RevisionGraph graph(Revision... revisions) {
    return RevisionGraph.of(Arrays.asList(revisions), List.of());
  }

  @Test
  void theSameScriptsAreNoDrift() {
    assertThat(LockDrift.between(lock, lock.graph(), SCRIPTS).isEmpty()).isTrue();
  }

  @Test
  void tellsWhatMovedOn() {
    var now = graph(revision("a"), revision("c", "a"), revision("d", "c"));
    var drift =
        LockDrift.between(
            lock, now, Map.of("a", script("edited"), "c", script("c"), "d", script("d")));
    assertThat(drift)
        .isEqualTo(new LockDrift(List.of("d"), List.of("a"), List.of("c"), List.of("b")));
    assertThat(drift.isEmpty()).isFalse();
  }

  @Test
  void aScriptWithoutDigestCountsAsEdited() {
    var drift = LockDrift.between(lock, lock.graph(), Map.of("a", script("a"), "c", script("c")));
    assertThat(drift).isEqualTo(new LockDrift(List.of(), List.of("b"), List.of(), List.of()));
  }

  @Test
  void theExpectationSaysNothingOfNewRevisions() {
    var now = graph(revision("a"), revision("d", "a"));
    var expectation = LockExpectation.of(lock, now);
    assertThat(expectation.source()).isEqualTo(Expectation.Source.LOCK);
    assertThat(expectation.revisions()).isEmpty();
  }
}
