package dev.stampguard.tool.liquibase;

import java.util.Locale;

/** Names as Liquibase gives them to PostgreSQL. */
final class Names {
  private Names() {}

  /**
   * Only names with letters of both cases are quoted ({@code PostgresDatabase.escapeObjectName}):
   * all others PostgreSQL makes small.
   */
  static String folded(String name) {
    boolean hasSmall = name.chars().anyMatch(Character::isLowerCase);
    return hasSmall ? name : name.toLowerCase(Locale.ROOT);
  }
}
