package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.LockTimeout;
import dev.stampguard.postgres.StatementTimeout;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class CatalogReaderTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static String everyKind;

  @BeforeAll
  static void build() throws IOException {
    everyKind = SERVER.createDatabase();
    SERVER.execute(everyKind, script("every-kind"));
  }

  @Test
  void namesEveryObjectOnce() {
    assertThat(names(read(everyKind, CatalogDepth.NAMES)))
        .containsExactly(
            "schema app",
            "schema \"Üb.er\"",
            "type public.email",
            "type public.size",
            "type public.status",
            "sequence public.ticket",
            "table app.cache",
            "table app.child",
            "table public.events",
            "table public.events_2024",
            "table public.orders",
            "table public.users",
            "table \"Üb.er\".\"We ird\"\"T\"",
            "column app.cache.value",
            "column app.child.value",
            "column public.events.at",
            "column public.events.user_id",
            "column public.events_2024.at",
            "column public.events_2024.user_id",
            "column public.orders.during",
            "column public.orders.id",
            "column public.orders.user_id",
            "column public.users.email",
            "column public.users.id",
            "column public.users.kind",
            "column public.users.name",
            "column public.users.number",
            "column public.users.seen",
            "column public.users.spare",
            "column public.users.state",
            "column public.users.tags",
            "column public.users.twice",
            "column \"Üb.er\".\"We ird\"\"T\".\"sel.ect\"",
            "column \"Üb.er\".\"We ird\"\"T\".\"user\"",
            "column \"Üb.er\".\"We ird\"\"T\".\"ÄÖ\"",
            "constraint public.events.events_at_check",
            "constraint public.events.events_pkey",
            "constraint public.events.events_user_id_fkey",
            "constraint public.events_2024.events_2024_pkey",
            "constraint public.orders.orders_during_excl",
            "constraint public.orders.orders_user_id_fkey",
            "constraint public.orders.positive",
            "constraint public.users.kind_known",
            "constraint public.users.users_name_key",
            "constraint public.users.users_pkey",
            "index public.events_2024_user_id_idx",
            "index public.ix_events_user",
            "index public.ix_orders_open",
            "index public.order_count_n",
            "index \"Üb.er\".\"ix \"\"q\"",
            "view public.open_orders",
            "materialized-view public.order_count",
            "function public.add(integer, integer)",
            "function public.add(public.status)",
            "function public.atomic(integer)",
            "function public.tidy(integer)",
            "function public.total(integer)",
            "function public.touch()",
            "trigger public.events.events_touch",
            "trigger public.users.users_touch",
            "policy public.users.own");
  }

  @Test
  void namesTheSameObjectsAtBothDepths() {
    CatalogSnapshot names = read(everyKind, CatalogDepth.NAMES);
    CatalogSnapshot definitions = read(everyKind, CatalogDepth.DEFINITIONS);
    assertThat(names.objects().keySet()).isEqualTo(definitions.objects().keySet());
    assertThat(names.objects().values())
        .allSatisfy(object -> assertThat(object.definition()).isEqualTo(Definition.EXISTS))
        .allSatisfy(
            object ->
                assertThat(object.relation())
                    .isEqualTo(definitions.objects().get(object.name()).relation()));
    CatalogComparison comparison = CatalogComparison.of(names, definitions);
    assertThat(comparison.equal()).isTrue();
    assertThat(comparison.exact()).isFalse();
  }

  @Test
  void putsWhatIsInsideARelationIntoIt() {
    Map<ObjectKind, List<QualifiedName>> homes =
        read(everyKind, CatalogDepth.NAMES).objects().values().stream()
            .filter(object -> object.relation().isPresent())
            .collect(
                Collectors.groupingBy(
                    object -> object.name().kind(),
                    Collectors.mapping(
                        object -> object.relation().orElseThrow(),
                        Collectors.collectingAndThen(
                            Collectors.toList(), list -> list.stream().distinct().toList()))));
    assertThat(homes.keySet())
        .allSatisfy(kind -> assertThat(kind.isInsideRelation()).isTrue())
        .hasSize(5);
    assertThat(homes.get(ObjectKind.INDEX))
        .containsExactly(
            new QualifiedName("public", "events_2024"),
            new QualifiedName("public", "events"),
            new QualifiedName("public", "orders"),
            new QualifiedName("public", "order_count"),
            new QualifiedName("Üb.er", "We ird\"T"));
  }

  @Test
  void definesEveryTraitThatCounts() {
    CatalogSnapshot snapshot = read(everyKind, CatalogDepth.DEFINITIONS);
    assertThat(definitions(snapshot))
        .containsEntry("schema app", "schema")
        .containsEntry("type public.status", "enum ('new', 'it''s done')")
        .containsEntry(
            "type public.size",
            "composite (width integer, unit character varying(3) COLLATE pg_catalog.\"C\")")
        .containsEntry(
            "type public.email",
            "domain text COLLATE pg_catalog.\"C\" DEFAULT 'x@y'::text NOT NULL"
                + " CONSTRAINT has_at CHECK ((VALUE ~~ '%@%'::text))")
        .containsEntry(
            "sequence public.ticket",
            "sequence as integer start 10 increment 5 minvalue 5 maxvalue 500 cache 3 cycle")
        .containsEntry("table public.orders", "table")
        .containsEntry("table app.cache", "unlogged table")
        .containsEntry("table app.child", "table inherits app.cache")
        .containsEntry("table public.events", "table partition by RANGE (at)")
        .containsEntry(
            "table public.events_2024",
            "table partition of public.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")
        .containsEntry("table public.users", "table row security enabled row security forced")
        .containsEntry(
            "column public.users.id",
            "integer DEFAULT nextval('public.users_id_seq'::regclass) NOT NULL owns sequence as"
                + " integer start 1 increment 1 minvalue 1 maxvalue 2147483647 cache 1")
        .containsEntry(
            "column public.users.number",
            "bigint GENERATED ALWAYS AS IDENTITY NOT NULL owns sequence as bigint start 1"
                + " increment 2 minvalue 1 maxvalue 9223372036854775807 cache 1")
        .containsEntry(
            "column public.users.spare",
            "integer GENERATED BY DEFAULT AS IDENTITY NOT NULL owns sequence as integer start 1"
                + " increment 1 minvalue 1 maxvalue 2147483647 cache 1")
        .containsEntry("column public.users.email", "public.email")
        .containsEntry(
            "column public.users.name",
            "character varying(40) COLLATE pg_catalog.\"C\" DEFAULT 'nobody'::character varying"
                + " NOT NULL")
        .containsEntry("column public.users.state", "public.status DEFAULT 'new'::public.status")
        .containsEntry(
            "column public.users.twice",
            "integer GENERATED ALWAYS AS ((char_length((name)::text) * 2)) STORED")
        .containsEntry("column public.users.tags", "text[]")
        .containsEntry(
            "column public.users.seen",
            "timestamp with time zone DEFAULT '2020-01-02 03:04:05+00'::timestamp with time zone")
        .containsEntry(
            "constraint public.users.kind_known",
            "CHECK (((kind)::text = ANY (ARRAY[('a'::character varying)::text,"
                + " ('b'::character varying)::text])))")
        .containsEntry("constraint public.users.users_pkey", "PRIMARY KEY (id)")
        .containsEntry(
            "constraint public.users.users_name_key", "UNIQUE (name) DEFERRABLE INITIALLY DEFERRED")
        .containsEntry(
            "constraint public.orders.orders_user_id_fkey",
            "FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE")
        .containsEntry(
            "constraint public.orders.orders_during_excl", "EXCLUDE USING gist (during WITH &&)")
        .containsEntry("constraint public.orders.positive", "CHECK ((id > 0)) NOT VALID")
        .containsEntry(
            "index public.ix_orders_open",
            "CREATE INDEX ix_orders_open ON public.orders USING btree"
                + " (user_id DESC, lower((id)::text)) WHERE (id > 10)")
        .containsEntry(
            "trigger public.users.users_touch",
            "CREATE TRIGGER users_touch BEFORE UPDATE OF name ON public.users FOR EACH ROW"
                + " WHEN (((new.name)::text <> (old.name)::text))"
                + " EXECUTE FUNCTION public.touch() DISABLED")
        .containsEntry(
            "policy public.users.own",
            "restrictive for SELECT to PUBLIC using (((name)::text = CURRENT_USER))")
        .containsEntry(
            "view public.open_orders",
            "view (id integer, user_id integer) with (security_barrier=true)")
        .containsEntry("materialized-view public.order_count", "materialized view (n bigint)")
        .containsEntry(
            "function public.add(integer, integer)",
            """
            CREATE OR REPLACE FUNCTION public.add(a integer, b integer DEFAULT 1)
             RETURNS integer
             LANGUAGE sql
             IMMUTABLE
            AS $function$SELECT a + b$function$
            """)
        .containsEntry(
            "function public.atomic(integer)", "function (n integer) returns integer volatility v")
        .containsEntry(
            "function public.total(integer)",
            "aggregate (integer) returns integer sfunc public.add stype integer initcond '0'"
                + " parallel u");
    assertThat(body(snapshot, "view public.open_orders")).contains("WHERE").contains("(");
    assertThat(body(snapshot, "function public.atomic(integer)")).contains("RETURN (n + 1)");
    assertThat(snapshot.serverVersion())
        .startsWith(System.getProperty("stampguard.postgres.major", "18"));
  }

  @Test
  void leavesExtensionsMembersOut() throws SQLException {
    String database = SERVER.createDatabase();
    // The embedded server ships no extension with members: make plpgsql own some.
    SERVER.execute(
        database,
        """
        CREATE TABLE public.owned (id integer);
        CREATE FUNCTION public.owned() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE TYPE public.owned_kind AS ENUM ('a');
        ALTER EXTENSION plpgsql ADD TABLE public.owned;
        ALTER EXTENSION plpgsql ADD FUNCTION public.owned();
        ALTER EXTENSION plpgsql ADD TYPE public.owned_kind;
        """);
    assertThat(read(database, CatalogDepth.NAMES).objects()).isEmpty();
    assertThat(read(database, CatalogDepth.DEFINITIONS).objects()).isEmpty();
  }

  @Test
  void findsInvalidIndexesAtBothDepths() {
    String database = SERVER.createDatabase();
    SERVER.execute(database, "CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    try {
      SERVER.execute(database, "CREATE UNIQUE INDEX CONCURRENTLY ix_t ON t (a)");
    } catch (IllegalStateException duplicates) {
      assertThat(duplicates).hasMessageContaining("ix_t");
    }
    ObjectName index = ObjectName.of(ObjectKind.INDEX, "public", "ix_t");
    assertThat(read(database, CatalogDepth.NAMES).invalidIndexes()).containsExactly(index);
    CatalogSnapshot definitions = read(database, CatalogDepth.DEFINITIONS);
    assertThat(definitions.invalidIndexes()).containsExactly(index);
    assertThat(definitions.find(index).orElseThrow().text()).endsWith("(a) INVALID");
  }

  @Test
  void readsNamesThroughAnAccessExclusiveLockAndNamesItsHolderOtherwise() throws SQLException {
    String database = SERVER.createDatabase();
    SERVER.execute(
        database, "CREATE TABLE users (id int); CREATE VIEW ids AS SELECT id FROM users");
    try (var holder = SERVER.connect(database);
        var statement = holder.createStatement();
        var connection = Connectors.open(database)) {
      holder.setAutoCommit(false);
      statement.execute("SET application_name = 'alembic'");
      statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
      try (var transaction = connection.readOnly()) {
        assertThat(CatalogReader.read(transaction, CatalogDepth.NAMES).tables()).isEqualTo(1);
      }
      try (var transaction =
          connection.readOnly(
              new StatementTimeout(Duration.ofSeconds(10)),
              new LockTimeout(Duration.ofMillis(50)))) {
        var refusal =
            catchThrowableOfType(
                StampguardException.class,
                () -> CatalogReader.read(transaction, CatalogDepth.DEFINITIONS));
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refusal.isPassing()).isTrue();
        assertThat(refusal.getMessage())
            .matches(
                "the schema of `%s` is locked: session \\d+ \\(`alembic`\\) holds `public\\.users`"
                    .formatted(database));
      }
    }
  }

  private static CatalogSnapshot read(String database, CatalogDepth depth) {
    try (var connection = Connectors.open(database);
        var transaction = connection.readOnly()) {
      return CatalogReader.read(transaction, depth);
    }
  }

  private static List<String> names(CatalogSnapshot snapshot) {
    return snapshot.objects().keySet().stream().map(ObjectName::toString).toList();
  }

  private static Map<String, String> definitions(CatalogSnapshot snapshot) {
    return snapshot.objects().values().stream()
        .collect(
            Collectors.toMap(
                object -> object.name().toString(), object -> object.definition().text()));
  }

  private static String body(CatalogSnapshot snapshot, String name) {
    return snapshot.objects().values().stream()
        .filter(object -> object.name().toString().equals(name))
        .map(object -> object.definition().fullText())
        .findFirst()
        .orElseThrow();
  }

  private static String script(String name) throws IOException {
    try (InputStream in =
        CatalogReaderTest.class.getResourceAsStream("/catalog/" + name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
