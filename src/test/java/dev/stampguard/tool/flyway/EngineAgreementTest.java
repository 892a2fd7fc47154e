package dev.stampguard.tool.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.flyway.ScriptName.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed without Flyway's classes is what these compute. */
class EngineAgreementTest {
  private static final int TRIES = 5_000;
  private static final Naming NAMING = new Naming("V", "R", "U", "B", "__", List.of(".sql"));

  private final Random random = new Random(20_240_101);

  private String version() {
    var parts = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      parts.add(
          switch (random.nextInt(4)) {
            case 0 -> "0";
            case 1 -> "0" + random.nextInt(12);
            case 2 -> Integer.toString(random.nextInt(12));
            default -> "2024" + (1_000_000_000 + random.nextInt(3));
          });
    }
    return String.join(random.nextBoolean() ? "." : "_", parts);
  }

  @Test
  void versionsAreOrderedAlike() {
    for (int i = 0; i < TRIES; i++) {
      String one = version();
      String other = version();
      FlywayVersion ours = FlywayVersion.of(one).orElseThrow();
      MigrationVersion theirs = MigrationVersion.fromVersion(one);

      assertThat(ours.text()).isEqualTo(theirs.getVersion());
      FlywayVersion second = FlywayVersion.of(other).orElseThrow();
      int order = theirs.compareTo(MigrationVersion.fromVersion(other));
      assertThat(Integer.signum(ours.compareTo(second)))
          .as("%s and %s", one, other)
          .isEqualTo(Integer.signum(order));
      assertThat(ours.isSame(second)).as("%s and %s", one, other).isEqualTo(order == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.", ".1", "1..2", "a", "1a", "1-2", "1 "})
  void whatFlywayTakesForNoVersionIsNone(String text) {
    boolean isTheirs;
    try {
      isTheirs = !MigrationVersion.fromVersion(text).equals(MigrationVersion.EMPTY);
    } catch (FlywayException e) {
      isTheirs = false;
    }
    assertThat(FlywayVersion.of(text).isPresent()).isEqualTo(isTheirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V1__a_b.sql",
        "V001__a.sql",
        "V1_2_3__x__y.sql",
        "V1.sql",
        "V2__.sql",
        "V1___a.sql",
        "V1__a.SQL",
        "R__views.sql",
        "R__a__b.sql",
        "B3__base.sql",
        "V20240101120000__day.sql"
      })
  void namesAreReadAlike(String file) {
    ResourceName theirs = new ResourceNameParser(Flyway.configure()).parse(file);
    assertThat(theirs.isValid()).isTrue();

    ScriptName ours = ScriptName.read(file, NAMING).name().orElseThrow();
    assertThat(ours.description()).isEqualTo(theirs.getDescription());
    assertThat(ours.version().map(FlywayVersion::text).orElse(null))
        .isEqualTo(theirs.getVersion() == null ? null : theirs.getVersion().getVersion());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Views.sql", "afterMigrate.sql", "foo.sql", "README.md", "V1__a.txt", "R.sql"})
  void whatIsNoMigrationIsLeftAlone(String file) {
    assertThat(ScriptName.read(file, NAMING)).isEqualTo(ScriptName.read("", NAMING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1x__a.sql", "V__a.sql", "R1__a.sql", "U1.x__a.sql", "V1.__a.sql"})
  void whatFlywaySkipsThoughItIsMeantIsToldOf(String file) {
    assertThat(ScriptName.read(file, NAMING).objection()).isPresent();
  }

  @Test
  void checksumsAreAlike() {
    String[] pieces = {
      "\n", "\r", "\r\n", "a", "CREATE TABLE t (ü text);", "\uFEFF", "", " ", "\t", "\u2028", "𝄞"
    };
    for (int i = 0; i < TRIES; i++) {
      var text = new StringBuilder(random.nextInt(3) == 0 ? "\uFEFF" : "");
      for (int piece = random.nextInt(8); piece > 0; piece--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(Checksum.of(text.toString()))
          .as("%s", text.chars().boxed().toList())
          .isEqualTo(ChecksumCalculator.calculate(new StringResource(text.toString())));
    }
  }
}
