package dev.stampguard.tool;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Relations that belong to migrations which are not of this project, as far as names tell: of the
 * beginnings that fit a name the longest decides.
 *
 * @param theirs what names of others' relations begin with
 * @param own what names of this project's relations begin with
 */
public record ForeignRelations(Set<String> theirs, Set<String> own) {
  /** There are none. */
  public static final ForeignRelations NONE = new ForeignRelations(Set.of(), Set.of());

  public ForeignRelations {
    theirs = Set.copyOf(theirs);
    own = Set.copyOf(own);
  }

  /** Whether there may be any at all. */
  public boolean isEmpty() {
    return theirs.isEmpty();
  }

  /** Whether a relation of this name is another's. */
  public boolean contains(String relation) {
    int foreign = longest(theirs, relation);
    return foreign > 0 && foreign > longest(own, relation);
  }

  private static int longest(Set<String> beginnings, String relation) {
    Optional<String> longest =
        beginnings.stream()
            .filter(relation::startsWith)
            .max(Comparator.comparingInt(String::length));
    return longest.map(String::length).orElse(0);
  }

  /** The same with more of this project's own. */
  public ForeignRelations but(Set<String> names) {
    return new ForeignRelations(
        theirs,
        Stream.concat(own.stream(), names.stream()).collect(Collectors.toUnmodifiableSet()));
  }
}
