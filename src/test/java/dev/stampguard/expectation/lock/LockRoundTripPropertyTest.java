package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.RevisionExpectation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories, written and read back. Each case is its seed. */
class LockRoundTripPropertyTest {
  @TempDir Path directory;

  static List<Integer> seeds() {
    return IntStream.range(0, 300).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsReadIsWhatWasWritten(int seed) {
    var history = RandomHistory.of(new Random(seed));
    Path file = directory.resolve(LockFile.NAME);
    assertThat(LockWriter.write(history.lock(), file)).isTrue();
    LockFile read = LockReader.read(file).orElseThrow();
    assertThat(read).isEqualTo(history.lock());
    assertThat(read.graph().revisions()).isEqualTo(history.graph().revisions());
    Expectation expected = history.expectation();
    Expectation actual = LockExpectation.of(read, history.graph());
    assertThat(actual.source()).isEqualTo(Expectation.Source.LOCK);
    assertThat(inOrder(actual)).containsExactlyEntriesOf(inOrder(expected));
    assertThat(actual.gaps()).isEqualTo(expected.gaps());
    assertThat(actual.possiblyTouched()).isEqualTo(expected.possiblyTouched());
  }

  /** At most one effect per object: as a set, because the lock sorts them. */
  private static Map<String, Set<Effect>> inOrder(Expectation expectation) {
    var effects = new LinkedHashMap<String, Set<Effect>>();
    for (RevisionExpectation revision : expectation.revisions().values()) {
      effects.put(
          revision.revision() + " " + revision.exact() + " " + revision.unread(),
          Set.copyOf(revision.effects()));
    }
    return effects;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void equalInputsGiveIdenticalBytes(int seed) throws IOException {
    var history = RandomHistory.of(new Random(seed));
    byte[] bytes = LockWriter.bytes(history.lock());
    assertThat(bytes).doesNotContain(0, '\r').endsWith('\n');
    var shuffled = new LinkedHashMap<String, RevisionExpectation>();
    history
        .expectation()
        .revisions()
        .forEach((id, revision) -> shuffled.put(id, shuffled(revision, new Random(seed))));
    var other =
        new Expectation(
            Expectation.Source.REPLAY,
            shuffled,
            history.expectation().gaps(),
            history.expectation().possiblyTouched());
    assertThat(
            LockWriter.bytes(
                LockFile.of(
                    "alembic", 18, history.schema(), history.graph(), other, history.scripts())))
        .isEqualTo(bytes);
    Path file = directory.resolve(LockFile.NAME);
    Files.write(file, bytes);
    assertThat(LockWriter.bytes(LockReader.read(file).orElseThrow())).isEqualTo(bytes);
    assertThat(LockWriter.write(history.lock(), file)).as("nothing to change").isFalse();
  }

  private static RevisionExpectation shuffled(RevisionExpectation revision, Random random) {
    var effects = new ArrayList<>(revision.effects());
    Collections.shuffle(effects, random);
    return new RevisionExpectation(
        revision.revision(), effects, revision.exact(), revision.unread());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCheckoutWithOtherLineEndsSaysTheSame(int seed) throws IOException {
    LockFile lock = RandomHistory.of(new Random(seed)).lock();
    var text = new String(LockWriter.bytes(lock), StandardCharsets.UTF_8);
    Path file = directory.resolve(LockFile.NAME);
    Files.writeString(file, text.replace("\n", "\r\n"));
    assertThat(LockReader.read(file)).contains(lock);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLastFingerprintIsThatOfWhatStands(int seed) {
    var history = RandomHistory.linear(new Random(seed));
    LockFile lock = history.lock();
    String head = history.ids().getLast();
    assertThat(lock.revisions().get(head).fingerprint())
        .isEqualTo(CatalogFingerprint.of(lock.objects()));
    assertThat(lock.objects())
        .extracting(CatalogObject::name)
        .isSortedAccordingTo(ObjectName::compareTo);
  }
}
