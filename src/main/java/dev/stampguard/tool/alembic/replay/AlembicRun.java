package dev.stampguard.tool.alembic.replay;

import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a project's revisions.
 *
 * @param directory where Alembic is run: relative paths of its settings start here
 * @param ini {@code alembic.ini}; empty when the project has none
 * @param toml {@code pyproject.toml} with Alembic's settings; empty when they are not there
 * @param ledger where the ledger goes
 * @param namingConvention SQLAlchemy's naming convention by kind ({@code ix}, {@code uq}, {@code
 *     ck}, {@code fk}, {@code pk}), which the project keeps in its metadata
 * @param arguments what {@code alembic -x} would take, for {@code context.get_x_argument}
 * @param urlVariable the variable in which the project's code looks for its database
 * @param limit how long one revision may take
 */
public record AlembicRun(
    Path directory,
    Optional<Path> ini,
    Optional<Path> toml,
    LedgerLocation ledger,
    Map<String, String> namingConvention,
    List<String> arguments,
    String urlVariable,
    Duration limit) {
  public AlembicRun {
    Objects.requireNonNull(directory);
    Objects.requireNonNull(ini);
    Objects.requireNonNull(toml);
    Objects.requireNonNull(ledger);
    namingConvention = Map.copyOf(namingConvention);
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(urlVariable);
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("a limit must be longer than zero");
    }
  }
}
