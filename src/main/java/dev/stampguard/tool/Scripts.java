package dev.stampguard.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All scripts of a project, read without running any of them.
 *
 * @param graph the history they form
 * @param operations per revision what its upgrade does to the schema; a revision is missing here
 *     when its script could not be read at all
 * @param idle ids of revisions whose upgrade plainly does nothing at all, such as a merge of
 *     branches; whether one ran makes no difference
 */
public record Scripts(
    RevisionGraph graph, Map<String, List<SchemaOperation>> operations, Set<String> idle) {
  public Scripts {
    operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    idle = Set.copyOf(idle);
  }

  /** Scripts of which each may do something. */
  public Scripts(RevisionGraph graph, Map<String, List<SchemaOperation>> operations) {
    this(graph, operations, Set.of());
  }
}
