package dev.stampguard.expectation.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.expectation.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two branches that each add a revision, merged by git itself. Each case is its seed; a third of
 * them let both branches change the same objects.
 */
class LockMergePropertyTest {
  @TempDir Path directory;

  static List<Integer> seeds() {
    return IntStream.range(0, 120).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void branchesMeetInTheirOwnLinesOnly(int seed) throws Exception {
    var random = new Random(seed);
    var base = RandomHistory.of(random);
    List<Effect> oursEffects = base.effects(1 + random.nextInt(5));
    boolean sameObjects = seed % 3 == 0;
    List<Effect> theirsEffects =
        sameObjects
            ? base.effects(1 + random.nextInt(5))
            : base.effects(1 + random.nextInt(5)).stream()
                .filter(effect -> oursEffects.stream().noneMatch(o -> sameObject(o, effect)))
                .toList();
    // Ids that fall anywhere among the old ones, as Alembic's do.
    String ours = "r%d-ours".formatted(random.nextInt(14));
    String theirs = "r%d-theirs".formatted(random.nextInt(14));
    var left = base.branch(new Random(seed + 1));
    left.add(ours, oursEffects);
    var right = base.branch(new Random(seed + 2));
    right.add(theirs, theirsEffects);
    List<String> baseLines = lines(base.lock());

    Path merged = merge(base.lock(), left.lock(), right.lock());
    var clean = new ArrayList<String>();
    boolean conflict = false;
    int firstMarker = 0;
    char side = ' ';
    int number = 0;
    for (String line : Files.readAllLines(merged)) {
      number++;
      if (line.startsWith("<<<<<<< ")) {
        firstMarker = firstMarker == 0 ? number : firstMarker;
        conflict = true;
        side = 'o';
      } else if (line.startsWith("||||||| ")) {
        side = 'b';
      } else if (line.equals("=======")) {
        side = 't';
      } else if (line.startsWith(">>>>>>> ")) {
        side = ' ';
      } else if (side == ' ') {
        clean.add(line);
      } else {
        assertThat(side).as("nothing old in a conflict: %s", line).isNotEqualTo('b');
        assertThat(line).contains("\t" + (side == 'o' ? ours : theirs) + "\t");
      }
    }
    assertThat(clean).as("no old line is lost").containsAll(baseLines);
    if (conflict) {
      int marker = firstMarker;
      assertThatThrownBy(() -> LockReader.read(merged))
          .isInstanceOf(StampguardException.class)
          .hasMessage("`%s:%d` holds a merge marker of git".formatted(merged, marker));
    } else {
      assertThat(LockReader.read(merged).orElseThrow().revisions())
          .containsAllEntriesOf(left.lock().revisions())
          .containsAllEntriesOf(right.lock().revisions());
    }
    boolean meet =
        oursEffects.stream().anyMatch(o -> theirsEffects.stream().anyMatch(t -> sameObject(o, t)));
    if (meet && left.isRead(ours) && right.isRead(theirs)) {
      assertThat(conflict).as("changes of one object never merge by themselves").isTrue();
    }
  }

  private static boolean sameObject(Effect one, Effect other) {
    return one.object().equals(other.object());
  }

  private static List<String> lines(LockFile lock) {
    return new String(LockWriter.bytes(lock), StandardCharsets.UTF_8).lines().toList();
  }

  private Path merge(LockFile base, LockFile ours, LockFile theirs)
      throws IOException, InterruptedException {
    Path merged = directory.resolve(LockFile.NAME);
    Files.write(directory.resolve("base"), LockWriter.bytes(base));
    Files.write(merged, LockWriter.bytes(ours));
    Files.write(directory.resolve("theirs"), LockWriter.bytes(theirs));
    int conflicts = Git.run(directory, "merge-file", "--diff3", LockFile.NAME, "base", "theirs");
    assertThat(conflicts).isBetween(0, 127);
    return merged;
  }
}
