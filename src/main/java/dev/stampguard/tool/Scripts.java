package dev.stampguard.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All scripts of a project, read without running any of them. What they do is read when it is asked
 * for first: where a lock file tells it, nobody asks. Safe for use by many threads.
 */
public final class Scripts {
  private final RevisionGraph graph;
  private Supplier<Content> reading;
  private Content content;

  /**
   * What the scripts do.
   *
   * @param operations per revision what its upgrade does to the schema; a revision is missing here
   *     when its script could not be read at all
   * @param idle ids of revisions whose upgrade plainly does nothing at all
   */
  public record Content(Map<String, List<SchemaOperation>> operations, Set<String> idle) {
    public Content {
      operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
      idle = Set.copyOf(idle);
    }
  }

  private Scripts(RevisionGraph graph, Supplier<Content> reading, Content content) {
    this.graph = Objects.requireNonNull(graph);
    this.reading = reading;
    this.content = content;
  }

  /**
   * Scripts that are read.
   *
   * @param graph the history they form
   * @param operations as {@link Content#operations()}
   * @param idle as {@link Content#idle()}
   */
  public Scripts(
      RevisionGraph graph, Map<String, List<SchemaOperation>> operations, Set<String> idle) {
    this(graph, null, new Content(operations, idle));
  }

  /** Scripts of which each may do something. */
  public Scripts(RevisionGraph graph, Map<String, List<SchemaOperation>> operations) {
    this(graph, operations, Set.of());
  }

  /**
   * Scripts whose history is known already.
   *
   * @param reading reads what they do; called once at most
   */
  public static Scripts of(RevisionGraph graph, Supplier<Content> reading) {
    return new Scripts(graph, Objects.requireNonNull(reading), null);
  }

  /** The history they form. */
  public RevisionGraph graph() {
    return graph;
  }

  /**
   * Per revision what its upgrade does to the schema; a revision is missing here when its script
   * could not be read at all.
   */
  public Map<String, List<SchemaOperation>> operations() {
    return content().operations();
  }

  /**
   * Ids of revisions whose upgrade plainly does nothing at all, such as a merge of branches;
   * whether one ran makes no difference.
   */
  public Set<String> idle() {
    return content().idle();
  }

  private synchronized Content content() {
    if (content == null) {
      content = reading.get();
      reading = null;
    }
    return content;
  }
}
