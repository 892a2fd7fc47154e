package dev.stampguard.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All scripts of a project, read without running any of them.
 *
 * @param graph the history they form
 * @param operations per revision what its upgrade does to the schema; a revision is missing here
 *     when its script could not be read at all
 */
public record Scripts(RevisionGraph graph, Map<String, List<SchemaOperation>> operations) {
  public Scripts {
    operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
  }
}
