package dev.stampguard.tool.sqlfiles;

import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one project has its migrations and its ledger.
 *
 * @param project the project's directory
 * @param directory where the files are
 * @param ledger where the ledger is
 * @param url the database, where the tool's own configuration says it
 */
record Place(Path project, Path directory, LedgerLocation ledger, Optional<ToolUrl> url) {
  Place {
    Objects.requireNonNull(project);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(ledger);
    Objects.requireNonNull(url);
  }

  Place(Path project, Path directory, LedgerLocation ledger) {
    this(project, directory, ledger, Optional.empty());
  }

  Place with(LedgerLocation other) {
    return new Place(project, directory, other, url);
  }
}
