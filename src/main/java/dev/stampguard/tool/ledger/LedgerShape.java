package dev.stampguard.tool.ledger;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.tool.LedgerManner;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A ledger's table.
 *
 * @param columns every column, in the table's order, unquoted
 * @param mark the column that tells the table from others of its name
 * @param key the column whose value no two rows share
 * @param order what rows are sorted by, oldest first: SQL
 * @param serial the column that takes its numbers from a sequence of its own; empty when none does
 * @param create SQL that makes it, and whatever the tool keeps beside it
 * @param ownSchema the schema that the tool makes for it where nothing says another one
 * @param companions names of tables that the tool keeps beside it, in the same schema
 * @param isOnlyInFirst as {@link dev.stampguard.tool.LedgerFormat#isOnlyInFirst()}
 * @param failureEnds as {@link LedgerManner#failureEnds()}
 * @param further columns that only some versions of the tool give the table, behind the others
 */
public record LedgerShape(
    List<String> columns,
    String mark,
    String key,
    String order,
    Optional<String> serial,
    Function<QualifiedName, String> create,
    Optional<String> ownSchema,
    List<String> companions,
    boolean isOnlyInFirst,
    String failureEnds,
    List<String> further) {
  public LedgerShape {
    columns = List.copyOf(columns);
    Objects.requireNonNull(mark);
    Objects.requireNonNull(key);
    Objects.requireNonNull(order);
    Objects.requireNonNull(serial);
    Objects.requireNonNull(create);
    Objects.requireNonNull(ownSchema);
    companions = List.copyOf(companions);
    Objects.requireNonNull(failureEnds);
    further = List.copyOf(further);
  }

  /** What is to be known of the tool to talk about the table. */
  public LedgerManner manner() {
    return new LedgerManner(columns, failureEnds);
  }

  /** One that is looked for along the search path. */
  public LedgerShape(
      List<String> columns,
      String mark,
      String key,
      String order,
      Optional<String> serial,
      Function<QualifiedName, String> create,
      Optional<String> ownSchema,
      List<String> companions) {
    this(
        columns,
        mark,
        key,
        order,
        serial,
        create,
        ownSchema,
        companions,
        false,
        LedgerManner.PLAIN.failureEnds(),
        List.of());
  }

  /** The same, read in no schema but the one into which the tool would put it. */
  public LedgerShape onlyInFirst() {
    return new LedgerShape(
        columns,
        mark,
        key,
        order,
        serial,
        create,
        ownSchema,
        companions,
        true,
        failureEnds,
        further);
  }

  /** The same of a tool that wants something else after a failure than that a row goes. */
  public LedgerShape blockedUntil(String ends) {
    return new LedgerShape(
        columns,
        mark,
        key,
        order,
        serial,
        create,
        ownSchema,
        companions,
        isOnlyInFirst,
        ends,
        further);
  }

  /** The same of a table that may have more columns, and is made otherwise. */
  public LedgerShape withFurther(List<String> more, Function<QualifiedName, String> made) {
    return new LedgerShape(
        columns,
        mark,
        key,
        order,
        serial,
        made,
        ownSchema,
        companions,
        isOnlyInFirst,
        failureEnds,
        more);
  }

  /** All columns that are read, those last that may not be there. */
  List<String> all() {
    return Stream.concat(columns.stream(), further.stream()).toList();
  }

  /** One for which nothing but a search path or a setting decides on the schema. */
  public LedgerShape(
      List<String> columns,
      String mark,
      String key,
      String order,
      Optional<String> serial,
      Function<QualifiedName, String> create,
      List<String> companions) {
    this(columns, mark, key, order, serial, create, Optional.empty(), companions);
  }

  /**
   * A table whose rows are known by the revision's id, with nothing beside it.
   *
   * @param id the column of ids, by which rows are sorted as well
   * @param columns every column, in the table's order
   * @param create SQL that makes it; the quoted, qualified name is put in place of {@code %1$s}
   */
  public static LedgerShape of(String id, List<String> columns, String create) {
    return new LedgerShape(
        columns,
        id,
        id,
        Identifiers.quote(id),
        Optional.empty(),
        create::formatted,
        Optional.empty(),
        List.of());
  }
}
