package dev.stampguard.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What works on the JVM works in the native executable: seen on the JVM, so that it fails where it
 * is written and not where somebody builds natively.
 */
class NativeSafetyTest {
  private static final Path SETTINGS = Path.of("src/main/resources/application.properties");

  /** What is for native-image itself. */
  private static final Path CONFIGURATION = Path.of("src/main/resources/META-INF/native-image");

  /** What Quarkus looks up when it builds: code that it writes names the classes. */
  private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

  private static final List<Path> RESOURCES =
      List.of(Path.of("src/main/resources"), Path.of("src/main/filtered"));

  /** A class that the code names itself keeps its annotations. */
  private static final String REACHED = "reached";

  /**
   * The uses by name, each with what makes it work. Resources work that {@code
   * quarkus.native.resources.includes} names: of those the reason is the pattern. Commands are
   * found by name too, by picocli alone: Quarkus registers every class that carries its
   * annotations.
   */
  private static final Map<String, String> REGISTERED =
      Map.ofEntries(
          Map.entry(
              "dev.stampguard.postgres.SqlResource.read: Class.getResourceAsStream",
              "resource sql/*.sql"),
          Map.entry(
              "dev.stampguard.postgres.scratch.ThrowAwayServer.script: Class.getResourceAsStream",
              "resource scratch/*.sh"),
          Map.entry(
              "dev.stampguard.tool.python.driver.DriverProcess.source: Class.getResourceAsStream",
              "resource python/*.py"),
          Map.entry(
              "dev.stampguard.tool.command.NodeShield.raise: Class.getResourceAsStream",
              "resource node/*.cjs"),
          Map.entry(
              "dev.stampguard.report.html.HtmlResource.read: Class.getResourceAsStream",
              "resource html/*"),
          Map.entry(
              "dev.stampguard.cli.CompletionScript.read: Class.getResourceAsStream",
              "resource completion/*"),
          Map.entry(
              "dev.stampguard.cli.Version.lines: Class.getResourceAsStream",
              "resource stampguard.version"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.handle: Class.forName",
              "reflect-config.json"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.handle: Class.getConstructor",
              "reflect-config.json"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.handle: Constructor.newInstance",
              "reflect-config.json"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.handle: Class.getMethod",
              "reflect-config.json"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.handle: Method.invoke",
              "reflect-config.json"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.passing: Class.forName",
              "reflect-config.json"),
          Map.entry(
              "dev.stampguard.service.exec.SignalRelay.passing: Proxy.newProxyInstance", REACHED),
          Map.entry("dev.stampguard.cli.Commands.addTo: Class.getAnnotation", REACHED));

  private static JavaClasses program;
  private static JavaClasses fixture;

  @BeforeAll
  static void readClasses() {
    program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.stampguard");
    fixture = new ClassFileImporter().importPackages("dev.stampguard.architecture.fixture");
  }

  @Test
  void everyUseByNameIsRegistered() {
    var rules = new NativeRules(REGISTERED.keySet());
    rules.everyUseByNameIsRegistered().check(program);
    assertThat(NativeRules.usesByName(program)).containsAll(REGISTERED.keySet());
  }

  /** A substitute of what is no longer there would end a native build, and nothing before that. */
  @Test
  void whatIsSubstitutedIsThere() throws ReflectiveOperationException {
    List<JavaClass> substitutes =
        program.stream().filter(type -> type.isAnnotatedWith(TargetClass.class)).toList();
    assertThat(substitutes).isNotEmpty();
    for (JavaClass substitute : substitutes) {
      TargetClass target = substitute.reflect().getAnnotation(TargetClass.class);
      Class<?> type =
          target.className().isEmpty() ? target.value() : Class.forName(target.className());
      List<Method> methods =
          Arrays.stream(substitute.reflect().getDeclaredMethods())
              .filter(method -> method.isAnnotationPresent(Substitute.class))
              .toList();
      assertThat(methods).isNotEmpty();
      for (Method method : methods) {
        Method there = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
        assertThat(there.getReturnType()).isEqualTo(method.getReturnType());
        assertThat(Modifier.isStatic(there.getModifiers()))
            .isEqualTo(Modifier.isStatic(method.getModifiers()));
      }
    }
  }

  /** A name that fits no class is passed over in silence. */
  @Test
  void whatIsInitialisedAtRunTimeIsThere() throws IOException {
    assertThat(settings().getProperty("quarkus.native.additional-build-args").split(","))
        .filteredOn(argument -> argument.startsWith("--initialize-at-run-time="))
        .isNotEmpty()
        .allSatisfy(
            argument ->
                assertThatCode(() -> Class.forName(argument.substring(argument.indexOf('=') + 1)))
                    .doesNotThrowAnyException());
  }

  /** It would bring its start into the executable, of which no command uses anything. */
  @Test
  void nothingBootsTheFramework() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.quarkus..").and(not(resideInAPackage("..annotations.."))))
        .check(program);
  }

  @Test
  void staticStateIsOfNoMachine() {
    new NativeRules(Set.of()).staticStateIsOfNoMachine().check(program);
  }

  @Test
  void bothRulesCanFail() {
    var rules = new NativeRules(REGISTERED.keySet());
    assertThat(violations(rules.everyUseByNameIsRegistered()))
        .anyMatch(text -> text.contains("LooksUpByName.make") && text.contains("forName"))
        .anyMatch(text -> text.contains("LooksUpByName.make") && text.contains("newInstance"))
        .anyMatch(text -> text.contains("LooksUpByName.make") && text.contains("ServiceLoader"))
        .anyMatch(text -> text.contains("LooksUpByName.make") && text.contains("getResource"))
        .anyMatch(text -> text.contains("LooksUpByName.make") && text.contains("Proxy"));
    assertThat(violations(rules.staticStateIsOfNoMachine()))
        .anyMatch(text -> text.contains("KnowsItsBuilder.<clinit>") && text.contains("getenv"))
        .anyMatch(text -> text.contains("KnowsItsBuilder.<clinit>") && text.contains("now"))
        .anyMatch(text -> text.contains("KnowsItsBuilder.<clinit>") && text.contains("Random"));
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(fixture).getFailureReport().getDetails();
  }

  @Test
  void executableTakesEveryResourceAlong() throws IOException {
    List<String> patterns = includes();
    assertThat(REGISTERED.values().stream().filter(reason -> reason.startsWith("resource ")))
        .allMatch(reason -> patterns.contains(reason.substring("resource ".length())));
    assertThat(REGISTERED.values().stream().filter(reason -> reason.endsWith(".json")))
        .allMatch(file -> Files.exists(CONFIGURATION.resolve("dev.stampguard/stampguard/" + file)));
    for (Path directory : RESOURCES) {
      try (Stream<Path> files = Files.walk(directory)) {
        assertThat(
                files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.equals(SETTINGS) && !file.startsWith(CONFIGURATION))
                    .filter(file -> !file.startsWith(SERVICES)))
            .isNotEmpty()
            .allMatch(file -> patterns.stream().anyMatch(matches(directory.relativize(file))));
      }
    }
  }

  private static Predicate<String> matches(Path resource) {
    return pattern -> resource.getFileSystem().getPathMatcher("glob:" + pattern).matches(resource);
  }

  /** Quarkus reads this one itself when it builds. */
  private static List<String> includes() throws IOException {
    return Arrays.asList(settings().getProperty("quarkus.native.resources.includes").split(","));
  }

  private static Properties settings() throws IOException {
    var settings = new Properties();
    try (Reader reader = Files.newBufferedReader(SETTINGS)) {
      settings.load(reader);
    }
    return settings;
  }
}
