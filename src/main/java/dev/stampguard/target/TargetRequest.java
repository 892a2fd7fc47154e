package dev.stampguard.target;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything the choice of a target depends on; nothing else is asked.
 *
 * @param project the project's directory
 * @param base where the project was looked for, at or above it: messages name files as they are
 *     seen from there
 * @param envFile the file to read instead of the project's {@code .env}, relative to the project or
 *     absolute; it must exist
 * @param url what {@code --url} says
 * @param urlVariable the variable that holds the URL, usually {@code DATABASE_URL}
 * @param environment the process environment
 * @param home the user's home directory
 * @param osUser the operating system's name for the user
 * @param toolUrl the URL in the migration tool's configuration
 */
public record TargetRequest(
    Path project,
    Path base,
    Optional<Path> envFile,
    Optional<String> url,
    String urlVariable,
    Map<String, String> environment,
    Path home,
    String osUser,
    Optional<ToolUrl> toolUrl) {
  public TargetRequest {
    Objects.requireNonNull(project);
    Objects.requireNonNull(base);
    Objects.requireNonNull(envFile);
    Objects.requireNonNull(url);
    Objects.requireNonNull(urlVariable);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(home);
    Objects.requireNonNull(osUser);
    Objects.requireNonNull(toolUrl);
  }

  /** The same with another URL in the tool's configuration. */
  TargetRequest with(Optional<ToolUrl> otherToolUrl) {
    return new TargetRequest(
        project, base, envFile, url, urlVariable, environment, home, osUser, otherToolUrl);
  }

  /** Only the project: the URL and the environment hold passwords. */
  @Override
  public String toString() {
    return "target of " + project;
  }
}
