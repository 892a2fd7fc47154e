package dev.stampguard.diagnosis;

import java.util.Objects;

/**
 * Another database on the target's server that carries the same ledger.
 *
 * @param database its name
 * @param verdict what a check of it says
 * @param tables how many tables it has, the ledger included
 */
public record Sibling(String database, Verdict verdict, int tables) {
  public Sibling {
    Objects.requireNonNull(database);
    Objects.requireNonNull(verdict);
  }
}
