package dev.stampguard.benchmark;

import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Flyway's own engine in a JVM of its own, as its command line runs it. */
final class FlywayValidate {
  private FlywayValidate() {}

  /**
   * Migrates or validates.
   *
   * @param args {@code migrate} or {@code validate}, a JDBC URL, the directory of the scripts
   */
  public static void main(String[] args) {
    var source = new PGSimpleDataSource();
    source.setUrl(args[1]);
    Flyway flyway = Flyway.configure().dataSource(source).locations("filesystem:" + args[2]).load();
    if (args[0].equals("migrate")) {
      flyway.migrate();
    } else {
      flyway.validate();
    }
  }
}
