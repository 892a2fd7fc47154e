package dev.stampguard.service.graft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.GeneratedParts;
import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.SchemaPart;
import dev.stampguard.repair.graft.Graft;
import dev.stampguard.testing.PostgresClient;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/**
 * Whatever is dropped from a generated schema, a graft brings back, and nothing else changes. A
 * failure shrinks to the parts and the drops that it takes.
 */
@AddLifecycleHook(GraftPropertyTest.NeedsClient.class)
class GraftPropertyTest {
  /** An assumption in a property would only reject the case. */
  static final class NeedsClient implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return PostgresClient.reasonToSkip(18).map(SkipResult::skip).orElse(SkipResult.doNotSkip());
    }
  }

  private static final String SEED = "20261127";
  private static final int TRIES = 8;

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void bringsBackOn14(
      @ForAll("parts14") List<SchemaPart> parts, @ForAll("picks") List<Integer> picks) {
    check(14, parts, picks);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void bringsBackOn15(
      @ForAll("parts15") List<SchemaPart> parts, @ForAll("picks") List<Integer> picks) {
    check(15, parts, picks);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void bringsBackOn18(
      @ForAll("parts18") List<SchemaPart> parts, @ForAll("picks") List<Integer> picks) {
    check(18, parts, picks);
  }

  private static void check(int major, List<SchemaPart> parts, List<Integer> picks) {
    var script = new StringBuilder("CREATE SCHEMA \"Ext ensions\";\n");
    for (int number = 0; number < parts.size(); number++) {
      script.append(parts.get(number).script(number)).append('\n');
    }
    try (Bench bench = Bench.of(major, script.toString())) {
      CatalogSnapshot snapshot = bench.snapshot(bench.whole());
      bench.attempt(bench.whole(), rows(snapshot));
      String damaged = bench.copy();
      List<String> drops = Damages.drops(snapshot);
      var chosen = new ArrayList<String>();
      picks.forEach(pick -> chosen.add(drops.get(pick % drops.size())));
      List<String> done = bench.attempt(damaged, chosen);
      var rows = bench.rows(damaged);
      Graft graft = bench.plan(damaged);
      if (!graft.obstacles().isEmpty()) {
        // Read back, what PostgreSQL prints of these would mean something else: refused, and said.
        assertThat(graft.obstacles())
            .as("after %s", done)
            .allSatisfy(obstacle -> assertThat(obstacle.reason()).contains("by their place"));
        return;
      }
      bench.run(damaged, graft);
      bench.assertMended(damaged, graft);
      assertThat(bench.rows(damaged)).containsAllEntriesOf(rows);
    }
  }

  /** A row or two wherever the defaults make one. */
  private static List<String> rows(CatalogSnapshot snapshot) {
    var rows = new ArrayList<String>();
    for (ObjectName name : snapshot.objects().keySet()) {
      if (name.kind() == ObjectKind.TABLE) {
        rows.add("INSERT INTO %s DEFAULT VALUES".formatted(name.qualified()));
        rows.add("INSERT INTO %s DEFAULT VALUES".formatted(name.qualified()));
      }
    }
    return rows;
  }

  @Provide
  Arbitrary<List<Integer>> picks() {
    return Arbitraries.integers().between(0, 100_000).list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<SchemaPart>> parts14() {
    return parts(14);
  }

  @Provide
  Arbitrary<List<SchemaPart>> parts15() {
    return parts(15);
  }

  @Provide
  Arbitrary<List<SchemaPart>> parts18() {
    return parts(18);
  }

  private static Arbitrary<List<SchemaPart>> parts(int major) {
    return GeneratedParts.known(major)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .withSizeDistribution(RandomDistribution.uniform());
  }
}
