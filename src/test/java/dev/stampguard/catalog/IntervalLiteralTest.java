package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.testing.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalLiteralTest {
  private static final List<String> VALUES =
      List.of(
          "1 year 2 mons 3 days 04:05:06.789",
          "-1 years -2 mons +3 days -04:05:06.789",
          "-1 days +02:03:00",
          "11 mons 29 days 23:59:59.999999",
          "-00:00:00.5",
          "100:00:00.95",
          "1 mon",
          "-1 mons",
          "00:00:00");
  private static final List<String> FIELDS =
      List.of(
          " year",
          " month",
          " day",
          " hour",
          " minute",
          " second",
          " year to month",
          " day to hour",
          " day to minute",
          " day to second",
          " hour to minute",
          " hour to second",
          " minute to second",
          " second(0)",
          " day to second(3)",
          "(1)");

  /** What the server makes of it is the truth. */
  @Test
  @Tag("postgres")
  void isWhatPostgresMakesOfIt() throws SQLException {
    var ours = new ArrayList<String>();
    var theirs = new ArrayList<String>();
    try (var connection = PostgresServer.shared().connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("SET IntervalStyle = postgres");
      for (String value : VALUES) {
        for (String fields : FIELDS) {
          String cast = "'%s'::interval%s".formatted(value, fields);
          ours.add(CanonicalText.of(cast));
          try (var rows = statement.executeQuery("SELECT (%s)::text".formatted(cast))) {
            rows.next();
            theirs.add("'%s'::interval".formatted(rows.getString(1)));
          }
        }
      }
    }
    assertThat(ours).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'1 day'::interval",
        "'P1D'::interval day",
        "'1 day'::interval day[]",
        "'1 day'::intervals",
        "'it''s'::interval day",
        "x::interval day"
      })
  void whatIsNoSuchConstantStays(String text) {
    assertThat(CanonicalText.of(text)).isEqualTo(text);
  }
}
