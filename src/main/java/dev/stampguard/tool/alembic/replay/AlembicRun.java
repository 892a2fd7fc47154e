package dev.stampguard.tool.alembic.replay;

import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How to run a project's revisions.
 *
 * @param files the settings Alembic reads
 * @param ledger where the ledger goes
 * @param environment what configures Alembic; the project's own decides where the ledger goes and
 *     brings its naming convention along
 * @param namingConvention SQLAlchemy's naming convention by kind ({@code ix}, {@code uq}, {@code
 *     ck}, {@code fk}, {@code pk}), which the project keeps in its metadata
 * @param arguments what {@code alembic -x} would take, for {@code context.get_x_argument}
 * @param urlVariable the variable in which the project's code looks for its database
 * @param limit how long one revision may take
 */
public record AlembicRun(
    SettingsFiles files,
    LedgerLocation ledger,
    DriverEnvironment environment,
    Map<String, String> namingConvention,
    List<String> arguments,
    String urlVariable,
    Duration limit) {
  public AlembicRun {
    Objects.requireNonNull(files);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(environment);
    namingConvention = Map.copyOf(namingConvention);
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(urlVariable);
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("a limit must be longer than zero");
    }
  }

  /** In our own environment. */
  public AlembicRun(
      SettingsFiles files,
      LedgerLocation ledger,
      Map<String, String> namingConvention,
      List<String> arguments,
      String urlVariable,
      Duration limit) {
    this(files, ledger, DriverEnvironment.OWN, namingConvention, arguments, urlVariable, limit);
  }

  /** The same in another environment. */
  public AlembicRun in(DriverEnvironment other) {
    return new AlembicRun(files, ledger, other, namingConvention, arguments, urlVariable, limit);
  }
}
