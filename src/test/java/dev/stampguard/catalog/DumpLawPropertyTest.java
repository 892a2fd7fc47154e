package dev.stampguard.catalog;

import dev.stampguard.testing.PostgresClient;
import dev.stampguard.testing.PostgresClient.Format;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** The law over generated schemas and settings; a failure shrinks to the parts that break it. */
@AddLifecycleHook(DumpLawPropertyTest.NeedsClient.class)
class DumpLawPropertyTest {
  /** An assumption in a property would only reject the case. */
  static final class NeedsClient implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return PostgresClient.reasonToSkip(18).map(SkipResult::skip).orElse(SkipResult.doNotSkip());
    }
  }

  private static final String SEED = "20251110";
  private static final int TRIES = 15;

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void holdsOn14AndFrom14To18(
      @ForAll("parts14") List<SchemaPart> parts,
      @ForAll("settings") Map<String, String> before,
      @ForAll("settings") Map<String, String> after,
      @ForAll Format format) {
    check(14, 18, parts, before, after, format);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void holdsOn15AndFrom15To18(
      @ForAll("parts15") List<SchemaPart> parts,
      @ForAll("settings") Map<String, String> before,
      @ForAll("settings") Map<String, String> after,
      @ForAll Format format) {
    check(15, 18, parts, before, after, format);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void holdsOn18(
      @ForAll("parts18") List<SchemaPart> parts,
      @ForAll("settings") Map<String, String> before,
      @ForAll("settings") Map<String, String> after,
      @ForAll Format format) {
    check(18, 18, parts, before, after, format);
  }

  private static void check(
      int from,
      int to,
      List<SchemaPart> parts,
      Map<String, String> before,
      Map<String, String> after,
      Format format) {
    try (var law = new DumpLaw()) {
      DumpLaw.Database original = law.build(from, parts, before);
      CatalogSnapshot snapshot = DumpLaw.snapshot(original);
      DumpLaw.Database restored = law.restore(original, from, format, after);
      CatalogSnapshot once = DumpLaw.snapshot(restored);
      DumpLaw.assertSame(snapshot, once, true);
      DumpLaw.assertSame(
          once, DumpLaw.snapshot(law.restore(restored, to, format, before)), from == to);
    }
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
        .ofMaxSize(40)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  @Provide
  Arbitrary<Map<String, String>> settings() {
    return Arbitraries.of(DumpLaw.SETTINGS.keySet())
        .flatMap(
            name -> Arbitraries.of(DumpLaw.SETTINGS.get(name)).map(value -> Map.entry(name, value)))
        .list()
        .ofMaxSize(5)
        .map(
            entries -> {
              var settings = new TreeMap<String, String>();
              entries.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
              return settings;
            });
  }
}
