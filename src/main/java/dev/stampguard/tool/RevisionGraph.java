package dev.stampguard.tool;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The history the scripts describe: a directed acyclic graph of revisions, held oldest first. Ties
 * are broken by create date, then id, so that equal scripts always give the same order. Revisions
 * on a cycle are left out and named in {@link #problems()}; parents that no script defines are
 * ignored as edges and named there too.
 */
public final class RevisionGraph {
  private final Map<String, Revision> revisions;
  private final Map<String, List<String>> children;
  private final List<GraphProblem> problems;
  private final Set<String> defined;
  private final Map<String, Path> elsewhere;

  private RevisionGraph(
      Map<String, Revision> ordered,
      Set<String> defined,
      List<GraphProblem> problems,
      Map<String, Path> elsewhere) {
    this.revisions = ordered;
    this.elsewhere = Map.copyOf(elsewhere);
    this.defined = Set.copyOf(defined);
    this.problems = List.copyOf(problems);
    this.children = new HashMap<>();
    for (Revision revision : ordered.values()) {
      for (String needed : needs(revision)) {
        children.computeIfAbsent(needed, id -> new ArrayList<>()).add(revision.id());
      }
    }
  }

  /**
   * Orders the revisions and checks that they form one history.
   *
   * @param found every revision read, in any order; of two with one id the first by file name stays
   * @param known problems found while reading the scripts
   */
  public static RevisionGraph of(Collection<Revision> found, List<GraphProblem> known) {
    return new RevisionGraphBuilder(found, known).build();
  }

  static RevisionGraph ordered(
      Map<String, Revision> ordered, Set<String> defined, List<GraphProblem> problems) {
    return new RevisionGraph(new LinkedHashMap<>(ordered), defined, problems, Map.of());
  }

  /**
   * The same history, of which some scripts are not below the project.
   *
   * @param files where they are, by {@link Revision#file()}, which says what they are called
   */
  public RevisionGraph withScriptsElsewhere(Map<String, Path> files) {
    return new RevisionGraph(revisions, defined, problems, files);
  }

  /** Whether a script is not below the project. */
  public boolean isElsewhere(String file) {
    return elsewhere.containsKey(file);
  }

  /**
   * Where a script is.
   *
   * @param project the project's directory
   * @param file as {@link Revision#file()}
   */
  public Path place(Path project, String file) {
    Path place = elsewhere.get(file);
    return place == null ? project.resolve(file) : place;
  }

  /** Every revision, oldest first. */
  public List<Revision> revisions() {
    return List.copyOf(revisions.values());
  }

  /** The same history with some revisions, and all they need, before the others. */
  public RevisionGraph startingWith(Collection<String> ids) {
    Set<String> first = closure(ids);
    var ordered = new LinkedHashMap<String, Revision>();
    revisions.values().stream()
        .filter(revision -> first.contains(revision.id()))
        .forEach(revision -> ordered.put(revision.id(), revision));
    ordered.putAll(revisions);
    return new RevisionGraph(ordered, defined, problems, elsewhere);
  }

  public List<GraphProblem> problems() {
    return problems;
  }

  /**
   * Requires that the migration tool itself could use this history.
   *
   * @throws StampguardException (usage) naming what is wrong with it
   */
  public void requireWhole() {
    if (!problems.isEmpty()) {
      GraphProblem problem = problems.getFirst();
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s:%s`: %s".formatted(problem.file(), problem.line(), problem.message()),
          "mend the script; the migration tool itself cannot use this history");
    }
  }

  /** Whether a script defines this id, be it on a cycle and thus outside the order. */
  public boolean isDefined(String id) {
    return defined.contains(id);
  }

  public Optional<Revision> find(String id) {
    return Optional.ofNullable(revisions.get(id));
  }

  /** Ids that {@code id} needs directly: its known parents and dependencies. */
  public Set<String> needs(String id) {
    Revision revision = revisions.get(id);
    return revision == null ? Set.of() : needs(revision);
  }

  private Set<String> needs(Revision revision) {
    var needed = new LinkedHashSet<String>(revision.parents());
    needed.addAll(revision.dependsOn());
    needed.retainAll(revisions.keySet());
    return needed;
  }

  /** Ids that need {@code id} directly, oldest first. */
  public List<String> neededBy(String id) {
    return List.copyOf(children.getOrDefault(id, List.of()));
  }

  /** The given revisions and everything they need; unknown ids are left out. */
  public Set<String> closure(Collection<String> ids) {
    return reach(ids, this::needs);
  }

  /**
   * The first problem of the history of these revisions, themselves included: what they need is
   * then not known for certain. Ids that no script defines are left out.
   */
  public Optional<GraphProblem> problemUpTo(Collection<String> ids) {
    var members = closure(ids);
    members.addAll(ids); // Of a circle nothing is in the order.
    return problems.stream()
        .filter(problem -> problem.revisions().stream().anyMatch(members::contains))
        .findFirst();
  }

  /** The given revisions and everything that needs them. */
  public Set<String> descendants(Collection<String> ids) {
    return reach(ids, this::neededBy);
  }

  private Set<String> reach(
      Collection<String> from, Function<String, ? extends Collection<String>> next) {
    var reached = new HashSet<String>();
    var open = new ArrayList<String>();
    from.stream().filter(revisions::containsKey).forEach(open::add);
    while (!open.isEmpty()) {
      String id = open.removeLast();
      if (reached.add(id)) {
        open.addAll(next.apply(id));
      }
    }
    return reached;
  }

  /**
   * The heads of a set of revisions: its members that no other member continues or needs. Sorted by
   * id. Of a down-closed set this is its shortest name; the empty set has none.
   */
  public List<String> headsOf(Collection<String> ids) {
    var members = new HashSet<>(ids);
    var heads = new TreeSet<String>();
    for (String id : members) {
      if (neededBy(id).stream().noneMatch(members::contains)) {
        heads.add(id);
      }
    }
    return List.copyOf(heads);
  }

  /**
   * The heads of the scripts as the tool counts them: revisions that are nobody's parent. A
   * revision that is only depended on is still a head, one that runs whenever it changes is none.
   * Sorted by id.
   */
  public List<String> heads() {
    var parents = new HashSet<String>();
    revisions.values().forEach(revision -> parents.addAll(revision.parents()));
    return revisions.values().stream()
        .filter(revision -> !revision.isRepeatable() && !parents.contains(revision.id()))
        .map(Revision::id)
        .sorted()
        .toList();
  }
}
