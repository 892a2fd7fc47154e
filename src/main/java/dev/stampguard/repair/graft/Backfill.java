package dev.stampguard.repair.graft;

import java.util.Optional;
import java.util.regex.Pattern;

/** Proposes what the rows that are there could get in a column that takes no nulls. */
final class Backfill {
  private static final Pattern MODIFIERS = Pattern.compile("\\([\\d, ]*\\)");

  private Backfill() {}

  /**
   * An expression that suits a type.
   *
   * @param type as {@code format_type} writes it, a collation may follow
   * @return empty for types that have no value which stands for none
   */
  static Optional<String> proposal(String type) {
    String plain = MODIFIERS.matcher(type).replaceAll("").replaceFirst(" COLLATE .*", "").strip();
    if (plain.endsWith("[]")) {
      return Optional.of("'{}'");
    }
    return Optional.ofNullable(
        switch (plain) {
          case "smallint",
              "integer",
              "bigint",
              "numeric",
              "real",
              "double precision",
              "money",
              "oid" ->
              "0";
          case "text", "character varying", "character", "citext", "bytea" -> "''";
          case "boolean" -> "false";
          case "timestamp with time zone", "timestamp without time zone" -> "now()";
          case "date" -> "current_date";
          case "time with time zone", "time without time zone", "interval" -> "'00:00'";
          case "uuid" -> "gen_random_uuid()";
          case "json", "jsonb" -> "'{}'";
          default -> null;
        });
  }

  /** What to say about a column to create whose rows need a value. */
  static String remark(String type) {
    return "the table has rows, and the column takes no nulls and has no default; every row needs a value"
        + proposal(type).map(expression -> ", for example `%s`".formatted(expression)).orElse("");
  }
}
