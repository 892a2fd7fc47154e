package dev.stampguard.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Set;

/**
 * The rules, for the rooms below one base package: the program's own, or the fixture's that breaks
 * every one of them.
 */
record ArchitectureRules(String base) {

  ArchRule roomsSeeOnlyWhatTheyMay() {
    return classes()
        .should(
            new ArchCondition<>("see only the rooms that theirs may see") {
              @Override
              public void check(JavaClass origin, ConditionEvents events) {
                origin
                    .getDirectDependenciesFromSelf()
                    .forEach(dependency -> checkSight(dependency, events));
              }
            });
  }

  private void checkSight(Dependency dependency, ConditionEvents events) {
    JavaClass seen = dependency.getTargetClass();
    if (!seen.getPackageName().startsWith(base)) {
      return;
    }
    String from = room(dependency.getOriginClass());
    String to = room(seen);
    if (!to.isEmpty() && !to.equals(from) && !mayBeSeenFrom(from).contains(to)) {
      events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
    }
  }

  private static Set<String> mayBeSeenFrom(String room) {
    return Rooms.table().getOrDefault(room, Set.of());
  }

  ArchRule everyClassIsInARoom() {
    return classes()
        .should(
            new ArchCondition<>("be in the base package or in a room of the table") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                String room = room(type);
                if (!room.isEmpty() && !Rooms.table().containsKey(room)) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getName() + " is in no room of the table"));
                }
              }
            });
  }

  /** The first part of the package's name below the base; empty for the base itself. */
  private String room(JavaClass type) {
    String below = type.getPackageName().substring(base.length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.", 2)[0];
  }

  ArchRule packagesFormNoCycle() {
    return slices().matching(base + ".(**)").should().beFreeOfCycles();
  }

  ArchRule onlyTheCommandLineTalksAndExits() {
    return noClasses()
        .that(resideOutsideOfPackage(base + ".cli.."))
        .should(ACCESS_STANDARD_STREAMS)
        .orShould()
        .callMethod(System.class, "exit", int.class);
  }

  ArchRule judgementIsPure() {
    return noClasses()
        .that()
        .resideInAnyPackage(base + ".diagnosis..", base + ".repair..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "java.io..", "java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .accessTargetWhere(readsTheClock());
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
    return DescribedPredicate.describe(
        "the time is read",
        access ->
            switch (access.getTargetOwner().getPackageName()) {
              case "java.time" -> access.getName().equals("now");
              case "java.lang" ->
                  Set.of("currentTimeMillis", "nanoTime").contains(access.getName());
              default -> false;
            });
  }

  ArchRule nobodyUsesDriverManager() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.DriverManager");
  }
}
