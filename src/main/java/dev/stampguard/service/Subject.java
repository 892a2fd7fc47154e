package dev.stampguard.service;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Beside.Owner;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.tool.Inspection;
import dev.stampguard.tool.Ledger;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A migration tool of the project with what is known of its scripts.
 *
 * @param source how it is known what each of its revisions leaves behind
 */
public record Subject(MigrationProject project, ExpectationSource source) {
  public Subject {
    Objects.requireNonNull(project);
    Objects.requireNonNull(source);
  }

  /**
   * What its revisions own in a database whose ledger of this tool nobody read.
   *
   * @param seen with the ledger of another tool
   */
  Owner owner(Inspection seen) {
    LedgerLocation place = project.ledgerLocation();
    var table = new QualifiedName(place.schema().orElse("public"), place.table());
    var unread =
        new Inspection(
            seen.catalog(),
            new Ledger(table, false, List.of(), List.of(), true, OptionalInt.empty()),
            seen.searchPaths());
    return new Owner(project.scripts().graph(), source.expectation(unread));
  }

  /** Where its ledger may be, by what the configuration says. */
  Stream<QualifiedName> ledgers(Inspection seen) {
    LedgerLocation place = project.ledgerLocation();
    return place
        .schema()
        .map(Stream::of)
        .orElseGet(() -> Stream.concat(Stream.of("public"), seen.searchPaths().own().stream()))
        .map(schema -> new QualifiedName(schema, place.table()));
  }
}
