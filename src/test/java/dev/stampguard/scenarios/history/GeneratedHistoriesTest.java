package dev.stampguard.scenarios.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.scenarios.history.Scene.Damage;
import dev.stampguard.scenarios.history.Workbench.DoesNotRunException;
import dev.stampguard.tool.Inspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The diagnosis names the damage exactly: which revisions, which objects, in which state, and where
 * the database really is. Each seed is a history, replayed once, and every kind of damage to it for
 * which it gives occasion. {@code -Dstampguard.histories=FROM-TO} runs other seeds.
 */
@Tag("postgres")
class GeneratedHistoriesTest {
  @TempDir private static Path directory;

  private static final Map<Damage, Integer> CASES = new EnumMap<>(Damage.class);
  private static int notRunning;
  private static int explained;
  private static Workbench workbench;

  static List<Integer> seeds() {
    String[] range = System.getProperty("stampguard.histories", "0-60").split("-", 2);
    return IntStream.range(Integer.parseInt(range[0]), Integer.parseInt(range[1])).boxed().toList();
  }

  @BeforeAll
  static void start() {
    workbench = new Workbench(directory);
  }

  @AfterAll
  static void stop() {
    workbench.close();
    int cases = CASES.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "%d cases: %s; in %d of them some state explains everything; %d did not run%n",
        cases, CASES, explained, notRunning);
    if (System.getProperty("stampguard.histories") == null) {
      assertThat(cases).as("cases that ran").isGreaterThanOrEqualTo(500);
      assertThat(CASES).as("kinds of damage").containsOnlyKeys(Damage.values());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theDamageIsNamedExactly(int seed) {
    History history = HistoryGenerator.generate(new Random(seed), schema(seed));
    Expectation expectation = workbench.replay(history);
    var effects = new Effects(history, expectation);
    for (Damage damage : Damage.values()) {
      var generator =
          new SceneGenerator(new Random(seed * 31L + damage.name().hashCode()), history, effects);
      generator.scene(damage).ifPresent(scene -> check(seed, scene, expectation, effects));
    }
  }

  /** One that needs quotes in every third history: names without a schema go there. */
  private static String schema(int seed) {
    return seed % 3 == 2 ? "My \"app\"" : "public";
  }

  private static void check(int seed, Scene scene, Expectation expectation, Effects effects) {
    List<String> complaints;
    try {
      complaints = complaints(scene, expectation, effects, true);
    } catch (DoesNotRunException e) {
      notRunning++;
      return;
    }
    CASES.merge(scene.damage(), 1, Integer::sum);
    if (!complaints.isEmpty()) {
      Scene smallest = new Shrinker(GeneratedHistoriesTest::fails).shrink(scene);
      fail("seed %d: %s%n%s", seed, complaints, story(smallest));
    }
  }

  private static boolean fails(Scene scene) {
    try {
      Expectation expectation = workbench.replay(scene.history());
      var effects = new Effects(scene.history(), expectation);
      return !complaints(scene, expectation, effects, false).isEmpty();
    } catch (DoesNotRunException | IllegalStateException e) {
      return false;
    }
  }

  private static String story(Scene scene) {
    Expectation expectation = workbench.replay(scene.history());
    var effects = new Effects(scene.history(), expectation);
    return "smallest: %s%ncomplaints: %s%neffects: %s"
        .formatted(scene, complaints(scene, expectation, effects, false), effects.all());
  }

  private static List<String> complaints(
      Scene scene, Expectation expectation, Effects effects, boolean count) {
    Inspection built = workbench.build(scene);
    Diagnosis diagnosis =
        Diagnoser.diagnose(
            new Facts(
                scene.history().toScripts().graph(),
                built.ledger(),
                built.catalog(),
                expectation,
                List.of(),
                List.of(),
                List.of()));
    assertThat(diagnosis.ledger().rows()).isEqualTo(scene.rows());
    CatalogSnapshot now = built.catalog().withoutRelation(scene.history().ledger());
    var oracle = new Oracle(scene, effects, now);
    if (count && oracle.isExplained()) {
      explained++;
    }
    var complaints = new ArrayList<>(oracle.complaints(diagnosis));
    complaints.addAll(new FindingsCheck(scene, oracle, effects, now, diagnosis).complaints());
    return complaints;
  }
}
