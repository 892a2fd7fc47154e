package dev.stampguard.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the configuration says about running the project's scripts.
 *
 * @param scratch where a scratch database may be made, not judged here
 * @param python the interpreter
 * @param driverEnvironment whose {@code env.py} is run
 * @param namingConvention SQLAlchemy's naming convention by kind: {@code ix}, {@code uq}, {@code
 *     ck}, {@code fk}, {@code pk}
 * @param arguments {@code key=value} each, for {@code context.get_x_argument}
 * @param extensions extensions the scripts take for granted
 * @param command the command line that runs the migrations of a tool that stampguard cannot run
 */
public record ReplayConfiguration(
    Optional<Setting> scratch,
    Optional<String> python,
    Optional<DriverEnvironment> driverEnvironment,
    Map<String, String> namingConvention,
    List<String> arguments,
    List<String> extensions,
    Optional<String> command) {
  public ReplayConfiguration {
    Objects.requireNonNull(scratch);
    Objects.requireNonNull(python);
    Objects.requireNonNull(driverEnvironment);
    namingConvention = Map.copyOf(namingConvention);
    arguments = List.copyOf(arguments);
    extensions = List.copyOf(extensions);
    Objects.requireNonNull(command);
  }

  /** Whose {@code env.py} a replay runs. */
  public enum DriverEnvironment {
    /** stampguard's own: nothing of the project but its scripts and what they import. */
    OWN,
    /** The project's, which runs whatever code it holds. */
    PROJECT
  }
}
