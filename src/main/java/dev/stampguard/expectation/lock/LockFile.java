package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.CatalogObject;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code stampguard.lock} says.
 *
 * @param tool the migration tool's name, for example {@code alembic}
 * @param postgresMajor the major of the server the revisions were replayed on
 * @param schema where names without a schema went when the revisions were replayed; a database
 *     whose search path opens with another one holds the same objects under other names
 * @param revisions by id, sorted
 */
public record LockFile(
    String tool, int postgresMajor, String schema, SortedMap<String, LockedRevision> revisions) {
  /** The file's name in a project. */
  public static final String NAME = "stampguard.lock";

  /** The name of the file of a tool that is not its project's first. */
  public static String name(String tool) {
    return "stampguard." + tool + ".lock";
  }

  public LockFile {
    Objects.requireNonNull(tool);
    Objects.requireNonNull(schema);
    revisions = Collections.unmodifiableSortedMap(new TreeMap<>(revisions));
  }

  /**
   * What there is to write down. Equal expectations give equal lock files, in whatever order their
   * effects are.
   *
   * @param tool the migration tool's name
   * @param postgresMajor the major of the server the expectation was made on
   * @param schema where names without a schema went
   * @param graph the scripts' history
   * @param expectation what each revision leaves behind
   * @param scripts the digest of every revision's script, by id
   * @throws IllegalArgumentException when a revision of the graph has no script digest
   */
  public static LockFile of(
      String tool,
      int postgresMajor,
      String schema,
      RevisionGraph graph,
      Expectation expectation,
      Map<String, ScriptDigest> scripts) {
    var fingerprints = fingerprints(graph, expectation);
    var revisions = new TreeMap<String, LockedRevision>();
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      ScriptDigest script = scripts.get(id);
      if (script == null) {
        throw new IllegalArgumentException("no digest of the script of " + id);
      }
      List<ChainGap> gaps =
          expectation.gaps().stream().filter(gap -> gap.revision().equals(id)).toList();
      Set<ObjectName> touched = expectation.possiblyTouched().getOrDefault(id, Set.of());
      revisions.put(
          id,
          new LockedRevision(
              revision,
              script,
              fingerprints.get(id),
              Optional.ofNullable(expectation.revisions().get(id)).map(LockFile::sorted),
              gaps,
              new TreeSet<>(touched)));
    }
    return new LockFile(tool, postgresMajor, schema, revisions);
  }

  /** The history as the scripts told it when the file was written. */
  public RevisionGraph graph() {
    return RevisionGraph.of(
        revisions.values().stream().map(LockedRevision::revision).toList(), List.of());
  }

  /** What stands when every revision is applied, sorted by name. */
  public List<CatalogObject> objects() {
    var standing = new TreeMap<ObjectName, CatalogObject>();
    for (Revision revision : graph().revisions()) {
      for (Effect effect : revisions.get(revision.id()).effects()) {
        effect
            .after()
            .ifPresentOrElse(
                made ->
                    standing.put(
                        effect.object(),
                        new CatalogObject(effect.object(), effect.relation(), made)),
                () -> standing.remove(effect.object()));
      }
    }
    return List.copyOf(standing.values());
  }

  /**
   * Whether both say the same of the same scripts. Definitions that different majors print in
   * different words count as the same: a team that runs several majors would write the file anew
   * for ever.
   */
  public boolean isEquivalentTo(LockFile other) {
    return tool.equals(other.tool)
        && schema.equals(other.schema)
        && revisions.keySet().equals(other.revisions.keySet())
        && revisions.values().stream()
            .allMatch(locked -> locked.isEquivalentTo(other.revisions.get(locked.id())));
  }

  private static RevisionExpectation sorted(RevisionExpectation expected) {
    List<Effect> effects =
        expected.effects().stream()
            // Made and dropped within one revision: nothing to look for, now or later.
            .filter(effect -> effect.before().isPresent() || effect.after().isPresent())
            .sorted(Comparator.comparing(LockedName::of))
            .toList();
    return new RevisionExpectation(
        expected.revision(), effects, expected.exact(), expected.unread());
  }

  private static Map<String, CatalogFingerprint> fingerprints(
      RevisionGraph graph, Expectation expectation) {
    var changes = new HashMap<String, CatalogFingerprint>();
    var after = new HashMap<String, CatalogFingerprint>();
    for (Revision revision : graph.revisions()) {
      String id = revision.id();
      RevisionExpectation expected = expectation.revisions().get(id);
      var change = CatalogFingerprint.change(expected == null ? List.of() : expected.effects());
      changes.put(id, change);
      Set<String> needs = graph.needs(id);
      if (needs.size() == 1) {
        // The common case, without which a long history would be walked once per revision.
        after.put(id, after.get(needs.iterator().next()).plus(change));
      } else {
        after.put(
            id,
            graph.closure(List.of(id)).stream()
                .map(changes::get)
                .reduce(CatalogFingerprint.EMPTY, CatalogFingerprint::plus));
      }
    }
    return after;
  }
}
