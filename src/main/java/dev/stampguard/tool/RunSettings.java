package dev.stampguard.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a project's own migrations are run.
 *
 * @param interpreter the program that runs the scripts, as somebody named it; empty to look for one
 * @param environment the process environment, where the interpreter is looked for
 * @param projectEnvironment whether the project's own set-up code ({@code env.py}) is run as well;
 *     it decides where the ledger goes and brings its naming convention along
 * @param namingConvention SQLAlchemy's naming convention by kind ({@code ix}, {@code uq}, {@code
 *     ck}, {@code fk}, {@code pk}), which the project keeps in its metadata
 * @param arguments what {@code alembic -x} would take, for {@code context.get_x_argument}
 * @param urlVariable the variable in which the project's code looks for its database
 * @param limit how long one revision may take
 */
public record RunSettings(
    Optional<String> interpreter,
    Map<String, String> environment,
    boolean projectEnvironment,
    Map<String, String> namingConvention,
    List<String> arguments,
    String urlVariable,
    Duration limit) {
  public RunSettings {
    Objects.requireNonNull(interpreter);
    environment = Map.copyOf(environment);
    namingConvention = Map.copyOf(namingConvention);
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(urlVariable);
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("a limit must be longer than zero");
    }
  }
}
