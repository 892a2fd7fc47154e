package dev.stampguard.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.CatalogDepth;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.target.Target;
import dev.stampguard.testing.CountingProxy;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("postgres")
class LedgerReaderTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final LedgerReader ANYWHERE = reader(null);
  private static final QualifiedName PUBLIC = new QualifiedName("public", "alembic_version");
  private static final QualifiedName APP = new QualifiedName("app", "alembic_version");

  private String database;

  @BeforeEach
  void createDatabase() {
    database = SERVER.createDatabase();
  }

  @Test
  void readsTheRowsAsTheyStand() {
    sql(ledger("public", "b", "a", "b"));
    assertThat(read(ANYWHERE))
        .isEqualTo(
            new Ledger(PUBLIC, true, List.of("a", "b", "b"), List.of(), true, OptionalInt.of(32)));
  }

  @Test
  void saysWhereAnAbsentLedgerWouldBe() {
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(PUBLIC, false, List.of(), List.of(), true, OptionalInt.empty()));
    assertThat(read(reader("app")))
        .isEqualTo(new Ledger(APP, false, List.of(), List.of(), true, OptionalInt.empty()));
    sql("CREATE SCHEMA app; ALTER DATABASE " + database + " SET search_path = app, public");
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(APP, false, List.of(), List.of(), true, OptionalInt.empty()));
    sql("ALTER DATABASE " + database + " SET search_path = missing");
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(PUBLIC, false, List.of(), List.of(), true, OptionalInt.empty()));
  }

  @Test
  void takesTheFirstOnTheSearchPath() {
    sql("CREATE SCHEMA app", ledger("app", "a"), ledger("public", "p"));
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(PUBLIC, true, List.of("p"), List.of(APP), true, OptionalInt.of(32)));
    sql("ALTER DATABASE " + database + " SET search_path = app, public");
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(APP, true, List.of("a"), List.of(PUBLIC), true, OptionalInt.of(32)));
  }

  @Test
  void takesTheConfiguredSchemaOnly() {
    sql("CREATE SCHEMA app", ledger("public", "p"));
    assertThat(read(reader("app")))
        .isEqualTo(new Ledger(APP, false, List.of(), List.of(PUBLIC), true, OptionalInt.empty()));
    sql(ledger("app", "a"));
    assertThat(read(reader("app")))
        .isEqualTo(new Ledger(APP, true, List.of("a"), List.of(PUBLIC), true, OptionalInt.of(32)));
  }

  @Test
  void findsTheOneOffTheSearchPath() {
    sql("CREATE SCHEMA app", ledger("app", "a"));
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(APP, true, List.of("a"), List.of(), false, OptionalInt.of(32)));
  }

  @Test
  void passesOverATableOfTheSameNameWithoutTheColumn() {
    sql("CREATE SCHEMA app", ledger("app", "a"), "CREATE TABLE alembic_version (version int)");
    assertThat(read(ANYWHERE))
        .isEqualTo(new Ledger(APP, true, List.of("a"), List.of(), false, OptionalInt.of(32)));
  }

  /** Where the ledger is as a rule is something that cannot be read, or is no table. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW public.alembic_version AS SELECT 1 / 0 AS version_num",
        "CREATE TYPE public.alembic_version AS (version_num text)",
        "CREATE TABLE public.a (id int); CREATE INDEX alembic_version ON public.a (id)"
      })
  void passesOverWhatOnlyHasItsName(String other) {
    sql("CREATE SCHEMA app", ledger("app", "a"), other);
    sql("ALTER DATABASE " + database + " SET search_path = app");
    assertThat(read(ANYWHERE).rows()).containsExactly("a");
  }

  @Test
  void readsStrangeNamesAndOtherTypes() {
    sql(
        "CREATE TABLE \"My Ledger\" (\"Version?\" bigint); INSERT INTO \"My Ledger\" VALUES (7), (10)");
    var reader = new LedgerReader(new LedgerLocation(Optional.empty(), "My Ledger"), "Version?");
    assertThat(read(reader).rows()).containsExactly("10", "7");
  }

  @Test
  void needsConnectAndTheLedgerOnly() {
    String role = "gate_of_" + database;
    sql(
        ledger("public", "a"),
        "CREATE TABLE users (id int)",
        "CREATE ROLE " + role + " LOGIN",
        "GRANT SELECT ON alembic_version TO " + role);
    Target target = Connectors.as(SERVER.target(database), role);
    try (var connection = Connectors.connector().open(target)) {
      Inspection inspection = Inspection.of(connection, CatalogDepth.NAMES, ANYWHERE);
      assertThat(inspection.ledger().rows()).containsExactly("a");
      assertThat(inspection.catalog().containsRelation(new QualifiedName("public", "users")))
          .isTrue();
      assertThat(Inspection.of(connection, CatalogDepth.DEFINITIONS, ANYWHERE).catalog().tables())
          .isEqualTo(2);
    }
  }

  @Test
  void doesNotTakeAnUnreadableLedgerForAnAbsentOne() {
    String role = "barred_from_" + database;
    sql("CREATE SCHEMA app", ledger("app", "a"), "CREATE ROLE " + role + " LOGIN");
    sql("GRANT SELECT ON app.alembic_version TO " + role);
    Target target = Connectors.as(SERVER.target(database), role);
    try (var connection = Connectors.connector().open(target)) {
      var refusal =
          catchThrowableOfType(
              StampguardException.class,
              () -> Inspection.of(connection, CatalogDepth.NAMES, ANYWHERE));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
      assertThat(refusal)
          .hasMessage(
              "role `%s` may not read the ledger `app.alembic_version` in `%s`"
                  .formatted(role, database));
      assertThat(refusal.hint())
          .contains(
              "GRANT USAGE ON SCHEMA app TO %1$s; GRANT SELECT ON app.alembic_version TO %1$s"
                  .formatted(role));
    }
  }

  /** Neither is the ledger, and of one of them the role may not even look into the schema. */
  @Test
  void takesNoOtherToolsTableForOneThatCannotBeRead() {
    String role = "kept_out_of_" + database;
    sql(
        "CREATE SCHEMA secret",
        "CREATE TABLE secret.events (id int)",
        "CREATE TABLE secret.alembic_version (version int)",
        "CREATE TABLE secret.goose_db_version (id int, version_id bigint, is_applied boolean)",
        "CREATE ROLE " + role + " LOGIN");
    Target target = Connectors.as(SERVER.target(database), role);
    try (var connection = Connectors.connector().open(target)) {
      Ledger ledger = Inspection.of(connection, CatalogDepth.NAMES, ANYWHERE).ledger();
      assertThat(ledger.exists()).isFalse();
      assertThat(ledger.others()).isEmpty();
      assertThat(ledger.beside())
          .extracting(ToolTable::table)
          .containsExactly(new QualifiedName("secret", "goose_db_version"));
    }
  }

  @Test
  void inspectsInOneRoundTrip() throws IOException {
    sql(ledger("public", "a"));
    try (var proxy = new CountingProxy(SERVER.port())) {
      Target target =
          Connectors.at(SERVER.target(database), new Target.Endpoint("localhost", proxy.port()));
      try (var connection = Connectors.connector().open(target)) {
        int before = proxy.roundTrips();
        Inspection inspection = Inspection.of(connection, CatalogDepth.NAMES, ANYWHERE);
        assertThat(inspection.ledger().rows()).containsExactly("a");
        assertThat(proxy.roundTrips() - before).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "app", "app, public", "public, app"})
  void inspectsAsItReads(String path) {
    sql(
        "CREATE SCHEMA app",
        ledger("app", "in_app"),
        ledger("public", "in_public"),
        "ALTER DATABASE %s SET search_path = %s".formatted(database, path));
    assertThat(inspect(ANYWHERE).ledger()).isEqualTo(read(ANYWHERE));
    sql("DROP TABLE public.alembic_version");
    assertThat(inspect(ANYWHERE).ledger()).isEqualTo(read(ANYWHERE));
    sql("CREATE VIEW public.alembic_version AS SELECT version_num FROM app.alembic_version");
    assertThat(inspect(ANYWHERE).ledger()).isEqualTo(read(ANYWHERE));
    sql("DROP SCHEMA app CASCADE");
    assertThat(inspect(ANYWHERE).ledger()).isEqualTo(read(ANYWHERE));
  }

  private Inspection inspect(LedgerReader reader) {
    try (var connection = Connectors.open(database)) {
      return Inspection.of(connection, CatalogDepth.DEFINITIONS, reader);
    }
  }

  private Ledger read(LedgerReader reader) {
    try (var connection = Connectors.open(database);
        var transaction = connection.readOnly()) {
      return reader.read(transaction);
    }
  }

  private void sql(String... statements) {
    SERVER.execute(database, String.join(";\n", statements));
  }

  private static String ledger(String schema, String... rows) {
    String table = schema + ".alembic_version";
    return "CREATE TABLE %1$s (version_num varchar(32)); INSERT INTO %1$s VALUES ('%2$s')"
        .formatted(table, String.join("'), ('", rows));
  }

  private static LedgerReader reader(String schema) {
    return new LedgerReader(
        new LedgerLocation(Optional.ofNullable(schema), "alembic_version"), "version_num");
  }

  private Ledger sharedName(String tool, String column) {
    var reader =
        new LedgerReader(new LedgerLocation(Optional.empty(), "schema_migrations"), column)
            .of(tool);
    try (var connection = Connectors.open(database);
        var transaction = connection.readOnly()) {
      return reader.read(transaction);
    }
  }

  /** Four tools give their ledger the same name. */
  @ParameterizedTest
  @CsvSource({
    "version bigint PRIMARY KEY; dirty boolean, golang-migrate, rails",
    "version bigint PRIMARY KEY; inserted_at timestamp, ecto, golang-migrate",
    "version varchar PRIMARY KEY, dbmate, golang-migrate"
  })
  void aLedgerOfAnotherToolIsToldByItsColumns(String columns, String tool, String other) {
    SERVER.execute(
        database, "CREATE TABLE schema_migrations (%s)".formatted(columns.replace(';', ',')));
    assertThat(sharedName(tool, "version").exists()).isTrue();
    if (tool.equals("dbmate")) {
      // Its own mark is not there, so there is no ledger of its own.
      assertThat(catchThrowableOfType(StampguardException.class, () -> sharedName(other, "dirty")))
          .hasMessageContaining("is the ledger of dbmate, not of golang-migrate");
    }
    var failure =
        catchThrowableOfType(StampguardException.class, () -> sharedName(other, "version"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure)
        .hasMessage(
            "`public.schema_migrations` is the ledger of %s, not of %s: both tools give it that name",
            tool, other);
    assertThat(failure.hint().orElseThrow()).contains("`--tool`");
  }

  @Test
  void railsIsToldByWhatItLeavesBeside() {
    SERVER.execute(
        database,
        """
        CREATE TABLE schema_migrations (version varchar PRIMARY KEY);
        CREATE TABLE ar_internal_metadata (key varchar, value varchar)
        """);
    assertThat(sharedName("rails", "version").exists()).isTrue();
    assertThat(
            catchThrowableOfType(StampguardException.class, () -> sharedName("dbmate", "version")))
        .hasMessageContaining("is the ledger of rails, not of dbmate");
  }

  @Test
  void anotherToolsLedgerOfTheSameNameDoesNotHideOnesOwn() {
    SERVER.execute(
        database,
        """
        CREATE SCHEMA supabase_migrations;
        CREATE TABLE supabase_migrations.schema_migrations (version text, statements text[]);
        CREATE TABLE schema_migrations (version bigint, dirty boolean)
        """);
    Ledger ledger = sharedName("golang-migrate", "version");
    assertThat(ledger.table()).hasToString("public.schema_migrations");
    assertThat(ledger.others()).isEmpty();
    assertThat(ledger.beside())
        .containsExactly(
            new ToolTable(
                new QualifiedName("supabase_migrations", "schema_migrations"),
                List.of("supabase"),
                true,
                false));
  }
}
