package dev.stampguard.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The program obeys each rule; and each rule can fail: the fixture breaks it. */
class ArchitectureTest {
  private static final String PROGRAM = "dev.stampguard";
  private static final String FIXTURE = "dev.stampguard.architecture.fixture";

  private static JavaClasses program;
  private static JavaClasses fixture;

  @BeforeAll
  static void readClasses() {
    program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PROGRAM);
    fixture = new ClassFileImporter().importPackages(FIXTURE);
  }

  /** Each rule, with a class of the fixture that breaks it. */
  static Stream<Arguments> rules() {
    return Stream.of(
        rule("sight", ArchitectureRules::roomsSeeOnlyWhatTheyMay, "catalog.SeesACommand"),
        rule("rooms", ArchitectureRules::everyClassIsInARoom, "attic.InNoRoom"),
        rule("cycles", ArchitectureRules::packagesFormNoCycle, "catalog.SeesACommand"),
        rule("talk", ArchitectureRules::onlyTheCommandLineTalksAndExits, "report.Prints"),
        rule("exit", ArchitectureRules::onlyTheCommandLineTalksAndExits, "report.Exits"),
        rule("files", ArchitectureRules::judgementIsPure, "diagnosis.ReadsAFile"),
        rule("clock", ArchitectureRules::judgementIsPure, "diagnosis.ReadsTheClock"),
        rule("driver", ArchitectureRules::nobodyUsesDriverManager, "postgres.UsesDriverManager"));
  }

  private static Arguments rule(
      String name, Function<ArchitectureRules, ArchRule> rule, String brokenBy) {
    return arguments(name, rule, brokenBy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void programObeys(String name, Function<ArchitectureRules, ArchRule> rule, String brokenBy) {
    rule.apply(new ArchitectureRules(PROGRAM)).check(program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void fixtureBreaks(String name, Function<ArchitectureRules, ArchRule> rule, String brokenBy) {
    assertThat(
            rule.apply(new ArchitectureRules(FIXTURE))
                .evaluate(fixture)
                .getFailureReport()
                .getDetails())
        .as(name)
        .anyMatch(detail -> detail.contains(FIXTURE + "." + brokenBy));
  }
}
