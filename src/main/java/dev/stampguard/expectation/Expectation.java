package dev.stampguard.expectation;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.catalog.SchemaAlias;
import dev.stampguard.tool.ForeignRelations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the revisions must leave behind, and how that is known.
 *
 * @param source how it is known
 * @param revisions by id, in an order of the graph in which their effects build on each other; a
 *     revision that could not be read at all is missing
 * @param gaps places where the chain cannot run from nothing, oldest first
 * @param possiblyTouched per revision the objects it may have dropped or renamed in a way that
 *     could not be read; such objects are not judged against earlier revisions
 * @param failures revisions that were to be run and could not, or that only running tells, oldest
 *     first: what is said of them here is what their scripts tell. Those that only need one of them
 *     are not named
 * @param opaque revisions known from their scripts alone, which are programs that could not be read
 *     completely: what is said of them here is hardly all
 */
public record Expectation(
    Source source,
    Map<String, RevisionExpectation> revisions,
    List<ChainGap> gaps,
    Map<String, Set<ObjectName>> possiblyTouched,
    List<Failure> failures,
    Set<String> opaque) {
  public Expectation {
    Objects.requireNonNull(source);
    revisions = Collections.unmodifiableMap(new LinkedHashMap<>(revisions));
    gaps = List.copyOf(gaps);
    possiblyTouched = Map.copyOf(possiblyTouched);
    failures = List.copyOf(failures);
    opaque = Set.copyOf(opaque);
  }

  /** One of which every script could be read that tells anything. */
  public Expectation(
      Source source,
      Map<String, RevisionExpectation> revisions,
      List<ChainGap> gaps,
      Map<String, Set<ObjectName>> possiblyTouched,
      List<Failure> failures) {
    this(source, revisions, gaps, possiblyTouched, failures, Set.of());
  }

  /** One of which nothing was to be run, or everything ran. */
  public Expectation(
      Source source,
      Map<String, RevisionExpectation> revisions,
      List<ChainGap> gaps,
      Map<String, Set<ObjectName>> possiblyTouched) {
    this(source, revisions, gaps, possiblyTouched, List.of());
  }

  /**
   * The same about the objects of another schema; what stands in definitions stays.
   *
   * @param stays relations, and what stands alone, that are where they are whatever the schema
   */
  public Expectation in(SchemaAlias alias, Predicate<QualifiedName> stays) {
    var renamed = new LinkedHashMap<String, RevisionExpectation>();
    revisions.forEach((id, expected) -> renamed.put(id, expected.in(alias, stays)));
    var touched = new LinkedHashMap<String, Set<ObjectName>>();
    possiblyTouched.forEach(
        (id, objects) ->
            touched.put(
                id,
                objects.stream()
                    .map(name -> stays.test(name.home(Optional.empty())) ? name : alias.name(name))
                    .collect(Collectors.toUnmodifiableSet())));
    return new Expectation(
        source,
        renamed,
        gaps.stream()
            .map(
                gap ->
                    new ChainGap(
                        gap.revision(), gap.line(), alias.name(gap.needs()), gap.creators()))
            .toList(),
        touched,
        failures,
        opaque);
  }

  /**
   * The same without what it says of some relations, and of what lives in them.
   *
   * @param others whose business they are
   */
  public Expectation without(ForeignRelations others) {
    if (others.isEmpty()) {
      return this;
    }
    var rest = new LinkedHashMap<String, RevisionExpectation>();
    revisions.forEach((id, expected) -> rest.put(id, expected.without(others)));
    return new Expectation(source, rest, gaps, possiblyTouched, failures, opaque);
  }

  /** Whether every revision could be read completely. */
  public boolean exact() {
    return revisions.values().stream().allMatch(RevisionExpectation::exact);
  }

  /** Where an expectation comes from, best first. */
  public enum Source {
    LOCK,
    REPLAY,
    REFERENCE,
    SCRIPTS;

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Revisions of which nobody knows what they do: running failed at them, and of what their scripts
   * do not one effect could be read, while something in them was not. Not among them is
   *
   * <ul>
   *   <li>a revision that was not read wholly and of which some effect is known: it is judged by
   *       that, unless its script is a program;
   *   <li>one that was read wholly and leaves no trace, such as a change of data;
   *   <li>one that was never run, because only scripts or a reference were asked, because it came
   *       into the history after the lock file was written, or because one that it needs failed:
   *       nothing speaks against it, and it is judged as far as its script reads. A program among
   *       scripts that are not is none of these: the others' names would seem to speak for it.
   * </ul>
   */
  public List<Failure> unaccounted() {
    return failures.stream()
        .filter(failure -> opaque.contains(failure.revision()) || tellsNothing(failure.revision()))
        .toList();
  }

  private boolean tellsNothing(String revision) {
    RevisionExpectation expected = revisions.get(revision);
    return expected == null || (expected.effects().isEmpty() && !expected.unread().isEmpty());
  }

  /**
   * A revision at which running the scripts failed.
   *
   * @param revision the revision
   * @param reason what was tried and how it failed, to follow the revision's name in a sentence,
   *     without a full stop
   */
  public record Failure(String revision, String reason) {
    public Failure {
      Objects.requireNonNull(revision);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * A revision that needs an object which nothing before it creates, or which is gone by then.
   *
   * @param revision the revision that cannot run
   * @param line 1-based line of the statement in its script
   * @param needs the object it lacks; a table also stands for a view or a sequence
   * @param creators other revisions that create it; may be empty
   */
  public record ChainGap(String revision, int line, ObjectName needs, List<String> creators) {
    public ChainGap {
      Objects.requireNonNull(revision);
      Objects.requireNonNull(needs);
      creators = List.copyOf(creators);
    }
  }
}
