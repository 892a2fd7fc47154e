package dev.stampguard.report;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * What a report that leaves the machine says about the run that made it.
 *
 * @param toolVersion stampguard's own version
 * @param outcome how the run ends
 * @param projectDirectory the project, relative to the root of its repository, with forward
 *     slashes; empty when it is the root
 * @param made when
 */
public record RunFacts(String toolVersion, Outcome outcome, String projectDirectory, Instant made) {
  public RunFacts {
    Objects.requireNonNull(toolVersion);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(projectDirectory);
    Objects.requireNonNull(made);
  }

  /**
   * Where a file is in the repository, with forward slashes.
   *
   * @param file relative to the project
   */
  public String inRepository(String file) {
    // As text: a path of the platform's own takes not every name, depending on the locale.
    var parts = new ArrayDeque<String>();
    for (String part : (projectDirectory + "/" + file).split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
