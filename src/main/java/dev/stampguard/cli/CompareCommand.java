package dev.stampguard.cli;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogComparison;
import dev.stampguard.catalog.Definition;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.report.ComparisonReport;
import dev.stampguard.service.Comparer;
import dev.stampguard.service.Comparer.Comparand;
import dev.stampguard.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two schemas side by side, each a database or a lock file. */
@Command(
    name = "compare",
    description = "Compare two schemas: what only one has, and what both have differently.")
final class CompareCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin RunOptions common;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A database on the target's server, a URL, a lock file, or `target`.")
  String left;

  @Parameters(index = "1", paramLabel = "B", description = "The same for the other side.")
  String right;

  @Option(names = "--rows", description = "Count the rows of every table.")
  boolean rows;

  CompareCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var setup = Setup.of(invocation, common);
    Comparand first = comparand(setup, left, "argument A");
    Comparand second = comparand(setup, right, "argument B");
    if (rows && (first instanceof Comparand.Lock || second instanceof Comparand.Lock)) {
      throw new StampguardException(
          ExitCode.USAGE, "a lock file has no rows to count", "leave `--rows` out");
    }
    var comparer = new Comparer(setup.connector());
    Comparer.Comparison compared =
        setup
            .patience()
            .attempt(
                () ->
                    comparer.compare(
                        first,
                        second,
                        setup.tool().map(project -> project.ledgerLocation().table()),
                        rows));
    setup.print(report(first, second, compared));
    return compared.comparison().equal() ? ExitCode.OK.code() : ExitCode.FINDINGS.code();
  }

  /** A lock file goes by its name: any other word may be a database. */
  private Comparand comparand(Setup setup, String text, String source) {
    return text.endsWith(".lock") && !text.contains("://")
        ? new Comparand.Lock(invocation.directory().resolve(text))
        : new Comparand.Database(setup.database(text, source));
  }

  private static String name(Comparand comparand) {
    return switch (comparand) {
      case Comparand.Database(Target target) -> target.database();
      case Comparand.Lock(Path file) -> file.getFileName().toString();
    };
  }

  private ComparisonReport report(Comparand first, Comparand second, Comparer.Comparison compared) {
    return new ComparisonReport(
        new ComparisonReport.Side(name(first), compared.left().catalog().tables()),
        new ComparisonReport.Side(name(second), compared.right().catalog().tables()),
        compared.comparison().onlyLeft(),
        compared.comparison().onlyRight(),
        compared.comparison().different().stream().map(CompareCommand::difference).toList(),
        rows ? Optional.of(rowCounts(compared)) : Optional.empty());
  }

  private static ComparisonReport.Difference difference(CatalogComparison.Difference difference) {
    return new ComparisonReport.Difference(
        difference.object(),
        new Definition.Canonical(difference.left()),
        new Definition.Canonical(difference.right()));
  }

  private static List<ComparisonReport.RowCount> rowCounts(Comparer.Comparison compared) {
    var tables = new TreeSet<QualifiedName>(compared.left().rows().keySet());
    tables.addAll(compared.right().rows().keySet());
    return tables.stream()
        .map(
            table ->
                new ComparisonReport.RowCount(
                    table, count(compared.left(), table), count(compared.right(), table)))
        .toList();
  }

  private static OptionalLong count(Comparer.Side side, QualifiedName table) {
    Long count = side.rows().get(table);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
