package dev.stampguard.tool;

import java.util.List;
import java.util.Objects;

/**
 * Which rows of the catalog and of a ledger a transaction saw, told by who wrote them rather than
 * by what they say: that takes a tenth of the time. Two equal ones of one server that was not
 * started again in between saw the same, provided that none of it was lost in a crash since.
 *
 * @param facts what {@code catalog-edition.sql} says of the catalog, and the ledger as it was read
 * @param written a place in the server's log before which all of it was written, as PostgreSQL
 *     prints it
 */
public record Edition(List<String> facts, String written) {
  public Edition {
    facts = List.copyOf(facts);
    Objects.requireNonNull(written);
  }
}
