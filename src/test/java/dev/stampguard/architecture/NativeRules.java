package dev.stampguard.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What makes a class work on the JVM and fail, or lie, in the native executable: finding things by
 * name, which the build cannot see, and static initialisers that look at the machine, which run
 * once on the machine that builds.
 *
 * @param registered uses by name that are known to work, as {@link #use} writes them
 */
record NativeRules(Set<String> registered) {

  /** Types of which every call finds something by name or makes code at run time. */
  private static final Set<String> BY_NAME =
      Set.of(
          "java.lang.reflect.",
          "java.lang.invoke.MethodHandles",
          "java.sql.DriverManager",
          "java.util.ServiceLoader",
          "java.util.ResourceBundle",
          "java.io.ObjectInputStream",
          "java.io.ObjectOutputStream",
          "sun.misc.Unsafe");

  /** Methods of other types that do. */
  private static final Map<String, Set<String>> METHODS_BY_NAME =
      Map.of(
          "java.lang.Class",
          Set.of(
              "forName",
              "newInstance",
              "getResource",
              "getResourceAsStream",
              "getMethod",
              "getMethods",
              "getDeclaredMethod",
              "getDeclaredMethods",
              "getField",
              "getFields",
              "getDeclaredField",
              "getDeclaredFields",
              "getConstructor",
              "getConstructors",
              "getDeclaredConstructor",
              "getDeclaredConstructors",
              "getDeclaredClasses",
              "getRecordComponents",
              "getAnnotation",
              "getAnnotations"),
          "java.lang.ClassLoader",
          Set.of(
              "loadClass",
              "getResource",
              "getResources",
              "getResourceAsStream",
              "getSystemResource",
              "getSystemResources",
              "getSystemResourceAsStream",
              "resources"),
          "java.lang.Module",
          Set.of("getResourceAsStream"),
          // Asks DriverManager.
          "org.postgresql.ds.PGSimpleDataSource",
          Set.of("getConnection"),
          "java.lang.System",
          Set.of("load", "loadLibrary"),
          "java.lang.Runtime",
          Set.of("load", "loadLibrary"));

  /** Types of which every call answers for the machine, the moment or by chance. */
  private static final Set<String> OF_THE_MACHINE =
      Set.of(
          "java.io.Console",
          "java.io.File",
          "java.lang.Process",
          "java.lang.Runtime",
          "java.net.InetAddress",
          "java.nio.file.Files",
          "java.security.SecureRandom",
          "java.util.Random",
          "java.util.concurrent.ThreadLocalRandom");

  /** Methods of other types that do. */
  private static final Map<String, Set<String>> METHODS_OF_THE_MACHINE =
      Map.of(
          "java.lang.System",
          Set.of(
              "console",
              "currentTimeMillis",
              "getenv",
              "getProperties",
              "getProperty",
              "in",
              "nanoTime"),
          "java.lang.Math",
          Set.of("random"),
          "java.nio.charset.Charset",
          Set.of("defaultCharset"),
          "java.time.ZoneId",
          Set.of("systemDefault"),
          "java.util.Locale",
          Set.of("getDefault"),
          "java.util.TimeZone",
          Set.of("getDefault"),
          "java.util.UUID",
          Set.of("randomUUID"));

  /** Every use by name is in the list, with its reason. */
  ArchRule everyUseByNameIsRegistered() {
    return classes()
        .should(
            new ArchCondition<>("find by name only what is registered") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                    .filter(NativeRules::isByName)
                    .filter(access -> !registered.contains(use(access)))
                    .forEach(
                        access ->
                            events.add(
                                SimpleConditionEvent.violated(access, access.getDescription())));
              }
            });
  }

  /** What a static initialiser does, itself or through the program's methods, fits any machine. */
  ArchRule staticStateIsOfNoMachine() {
    return classes()
        .should(
            new ArchCondition<>("not look at the machine in a static initialiser") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getStaticInitializer().ifPresent(start -> follow(start, events));
              }
            });
  }

  private static void follow(JavaStaticInitializer start, ConditionEvents events) {
    var seen = new HashSet<JavaCodeUnit>(Set.of(start));
    var open = new ArrayDeque<JavaCodeUnit>(seen);
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.remove();
      for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
        if (isOfTheMachine(access)) {
          events.add(
              SimpleConditionEvent.violated(
                  access, start.getFullName() + ": " + access.getDescription()));
        }
        if (access.getTarget() instanceof CodeUnitCallTarget target) {
          target.resolveMember().filter(seen::add).ifPresent(open::add);
        }
      }
    }
  }

  /** How the list names a use: who does what, without line numbers. */
  static String use(JavaAccess<?> access) {
    return "%s.%s: %s.%s"
        .formatted(
            access.getOriginOwner().getName(),
            access.getOrigin().getName(),
            access.getTargetOwner().getSimpleName(),
            access.getName());
  }

  /** The uses by name of these classes. */
  static Stream<String> usesByName(Iterable<JavaClass> types) {
    var uses = Stream.<String>builder();
    for (JavaClass type : types) {
      type.getAccessesFromSelf().stream()
          .filter(NativeRules::isByName)
          .map(NativeRules::use)
          .forEach(uses::add);
    }
    return uses.build();
  }

  private static boolean isByName(JavaAccess<?> access) {
    return isOf(access, BY_NAME, METHODS_BY_NAME);
  }

  private static boolean isOfTheMachine(JavaAccess<?> access) {
    return isOf(access, OF_THE_MACHINE, METHODS_OF_THE_MACHINE)
        || (access.getTargetOwner().getPackageName().equals("java.time")
            && access.getName().equals("now"));
  }

  private static boolean isOf(
      JavaAccess<?> access, Set<String> types, Map<String, Set<String>> methods) {
    String owner = access.getTargetOwner().getName();
    return types.stream().anyMatch(owner::startsWith)
        || methods.getOrDefault(owner, Set.of()).contains(access.getName());
  }
}
