package dev.stampguard.service.recreate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.replay.ReplayProgress;
import dev.stampguard.postgres.Connectors;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.postgres.scratch.ScratchPlacement;
import dev.stampguard.service.Examiner;
import dev.stampguard.service.replay.ReplaySettings;
import dev.stampguard.service.source.ExpectationSource;
import dev.stampguard.service.source.ScriptSource;
import dev.stampguard.target.Target;
import dev.stampguard.testing.Alembic;
import dev.stampguard.testing.AlembicFiles;
import dev.stampguard.testing.PostgresServer;
import dev.stampguard.testing.ReplayEnvironment;
import dev.stampguard.tool.RunSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database is built anew beside the old one, by real Alembic, with the old one's rows. */
@Tag("postgres")
class RecreationTest {
  private static final PostgresConnector CONNECTOR = Connectors.connector();
  private static final ReplayProgress QUIET = (done, total) -> {};
  private static final Instant NOW = Instant.parse("2025-10-23T14:05:01Z");

  private static final String USERS =
      """
      op.create_table(
          "users",
          sa.Column("id", sa.Integer, primary_key=True),
          sa.Column("email", sa.String(50), nullable=False, unique=True),
          sa.Column("referrer_id", sa.Integer, sa.ForeignKey("users.id")),
      )
      op.create_table("roles", sa.Column("name", sa.String(20), primary_key=True))
      op.execute("INSERT INTO roles VALUES ('admin'), ('guest')")
      """;

  private static final String POSTS =
      """
      op.create_table(
          "posts",
          sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
          sa.Column("author_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
          sa.Column("title", sa.Text),
          sa.Column("shout", sa.Text, sa.Computed("upper(title)")),
          sa.Column("pinned_by", sa.String(20), sa.ForeignKey("roles.name")),
      )
      op.add_column("users", sa.Column("last_post_id", sa.BigInteger))
      op.create_foreign_key("users_last_post", "users", "posts", ["last_post_id"], ["id"])
      op.execute("COMMENT ON CONSTRAINT users_last_post ON users IS 'it''s a cycle'")
      op.execute(\"""
          CREATE TABLE audit (id serial PRIMARY KEY, what text);
          CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO audit (what) VALUES (TG_TABLE_NAME); RETURN NEW; END $$;
          CREATE TRIGGER posts_note BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION note();
          CREATE TABLE logs (at date NOT NULL, line text) PARTITION BY RANGE (at);
          CREATE TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
          CREATE TRIGGER logs_note AFTER INSERT ON logs FOR EACH ROW EXECUTE FUNCTION note();
          ALTER TABLE logs ENABLE ALWAYS TRIGGER logs_note;
          CREATE TABLE zero (id serial PRIMARY KEY);
          CREATE MATERIALIZED VIEW authors AS
            SELECT author_id, count(*) AS posts FROM posts GROUP BY author_id;
      \""")
      """;

  private static final String TAGS =
      """
      op.create_table("tags", sa.Column("id", sa.Integer, primary_key=True))
      op.add_column(
          "posts", sa.Column("rank", sa.Integer, nullable=False, server_default="7"))
      """;

  private static final String ROWS =
      """
      INSERT INTO users (id, email, referrer_id) VALUES (1, 'a@x', NULL), (5, 'e''\\x', 1);
      INSERT INTO posts (author_id, title) SELECT 1, 'tit' || E'\\t\\n\\\\le' FROM generate_series(1, 3);
      INSERT INTO posts (author_id, title, pinned_by) VALUES (5, NULL, 'admin');
      DELETE FROM posts WHERE id = 2;
      UPDATE users SET last_post_id = 4 WHERE id = 1;
      INSERT INTO roles VALUES ('owner'); DELETE FROM roles WHERE name = 'guest';
      INSERT INTO logs SELECT '2025-03-01', 'l' || n FROM generate_series(1, 10) n;
      REFRESH MATERIALIZED VIEW authors;
      INSERT INTO zero VALUES (-7), (0);
      CREATE TABLE mine (secret text); INSERT INTO mine VALUES ('hunter2')
      """;

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();

  @TempDir private Path project;
  private AlembicFiles files;

  @BeforeEach
  void begin() {
    files =
        new AlembicFiles(project)
            .write(
                "migrations/env.py",
                """
                import os
                from alembic import context
                from sqlalchemy import create_engine

                with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """)
            .revision("a1", "None", USERS)
            .revision("a2", "'a1'", POSTS);
  }

  /** The old database: really at {@code a2}, with rows, and recorded at {@code a3}. */
  private void hollow() {
    Alembic.Result result =
        Alembic.require().run(project, server.url(database), List.of("upgrade", "head"));
    assertThat(result.exitCode()).as(result.output()).isZero();
    server.execute(database, ROWS);
    files.revision("a3", "'a2'", TAGS);
    server.execute(database, "UPDATE alembic_version SET version_num = 'a3'");
  }

  private Target target() {
    return server.target(database);
  }

  private Recreation recreation() {
    return recreation(target());
  }

  private Recreation recreation(Target target) {
    return new Recreation(
        CONNECTOR,
        files.project(),
        target,
        new ReplaySettings(
            new ScratchPlacement.At(server.target("postgres")),
            new RunSettings(
                Optional.empty(),
                ReplayEnvironment.variables(),
                false,
                Map.of(),
                List.of(),
                "DATABASE_URL",
                Duration.ofMinutes(1)),
            List.of()));
  }

  private ExpectationSource scripts() {
    return new ScriptSource(files.project().scripts());
  }

  private List<String> strings(String in, String sql) {
    try (Connection connection = server.connect(in);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String value(String in, String sql) {
    return strings(in, sql).getFirst();
  }

  /** The databases that are of this test, or whose name tells that they are ours. */
  private List<String> databases() {
    return strings(
        "postgres",
        """
        SELECT datname FROM pg_database
        WHERE datname = '%1$s' OR datname LIKE '%1$s\\_%%' OR shobj_description(oid, 'pg_database')
          LIKE 'stampguard scratch database: on its way%%'
        ORDER BY 1
        """
            .formatted(database));
  }

  /** Every row of the tables that matter, with its version. */
  private List<String> contents(String in) {
    return strings(
        in,
        """
        SELECT 'u' || xmin || to_jsonb(u)::text FROM users u
        UNION ALL SELECT 'p' || xmin || to_jsonb(p)::text FROM posts p
        UNION ALL SELECT 'v' || xmin || version_num FROM alembic_version
        UNION ALL SELECT 'm' || xmin || secret FROM mine
        ORDER BY 1
        """);
  }

  private Verdict verdict() {
    return new Examiner(CONNECTOR, files.project())
        .examine(Examiner.Request.plain(target(), scripts()))
        .diagnosis()
        .verdict();
  }

  private static StampguardException failure(Runnable action) {
    var failure = catchThrowableOfType(StampguardException.class, action::run);
    assertThat(failure).isNotNull();
    assertThat(failure.hint()).isPresent();
    assertThat(failure.getMessage() + failure.hint()).doesNotContain("hunter2");
    return failure;
  }

  @Test
  void aCleanSlateTakesTheNameAndTheOldOneIsKept() {
    hollow();
    List<String> before = contents(database);
    assertThat(verdict()).isEqualTo(Verdict.INCONSISTENT);

    Recreation recreation = recreation();
    ExpectationSource source = recreation.rehearse(QUIET).orElseThrow();
    String kept;
    try (NewDatabase made = recreation.build(source, QUIET)) {
      assertThat(made.examination().diagnosis().verdict()).isEqualTo(Verdict.CONSISTENT);
      assertThat(made.remarks()).isEmpty();
      assertThat(contents(database)).isEqualTo(before);
      kept = made.takeOver(NOW, false);
    }

    assertThat(kept).isEqualTo(database + "_before_20251023_140501");
    assertThat(databases()).containsExactly(database, kept);
    assertThat(contents(kept)).isEqualTo(before);
    assertThat(verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(value(database, "SELECT version_num FROM alembic_version")).isEqualTo("a3");
    assertThat(value(database, "SELECT count(*) FROM users")).isEqualTo("0");
    assertThat(value(database, "SELECT string_agg(name, ' ' ORDER BY name) FROM roles"))
        .isEqualTo("admin guest");

    String newer = recreation.putBack(kept, NOW.plusSeconds(60), false);
    assertThat(newer).isEqualTo(database + "_before_20251023_140601");
    assertThat(databases()).containsExactly(database, newer);
    assertThat(contents(database)).isEqualTo(before);
  }

  @Test
  void aBrokenChainIsFoundBeforeAnythingIsMade() {
    hollow();
    files.revision("a4", "'a3'", "op.add_column('accounts', sa.Column('age', sa.Integer))");
    files.revision("a5", "'a4'", "op.create_table('accounts', sa.Column('id', sa.Integer))");
    List<String> before = contents(database);

    StampguardException refusal = failure(() -> recreation().rehearse(QUIET));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessage(
            "migrations/versions/a4.py:11: `a4` needs `table public.accounts`, which nothing before"
                + " it creates (only `a5` does)");
    assertThat(failure(() -> recreation().build(scripts(), QUIET)))
        .hasMessage(refusal.getMessage());
    assertThat(contents(database)).isEqualTo(before);
    assertThat(databases()).containsExactly(database);
  }

  @Test
  void rowsOfBothAreCopiedAndEverythingThatHangsOnThem() {
    hollow();
    List<String> before = contents(database);
    String kept;
    Copied copied;
    try (NewDatabase made = recreation().build(scripts(), QUIET)) {
      copied = made.copyRows(QUIET);
      kept = made.takeOver(NOW, false);
    }

    assertThat(copied.rows())
        .containsOnly(
            Map.entry(new QualifiedName("public", "users"), 2L),
            Map.entry(new QualifiedName("public", "posts"), 3L),
            Map.entry(new QualifiedName("public", "audit"), 14L),
            Map.entry(new QualifiedName("public", "zero"), 2L),
            Map.entry(new QualifiedName("public", "roles"), 2L),
            Map.entry(new QualifiedName("public", "logs"), 10L));
    assertThat(copied.remarks())
        .containsExactlyInAnyOrder(
            "`public.mine` stays in the old database: no script makes that table",
            "2 rows that the scripts put into `public.roles` gave way to the old ones");
    assertThat(contents(kept)).isEqualTo(before);
    assertThat(verdict()).isEqualTo(Verdict.CONSISTENT);
    for (String query :
        List.of(
            "SELECT to_jsonb(u)::text FROM users u ORDER BY id",
            "SELECT (to_jsonb(p) - 'rank')::text FROM posts p ORDER BY id",
            "SELECT to_jsonb(a)::text FROM audit a ORDER BY id",
            "SELECT to_jsonb(a)::text FROM authors a ORDER BY author_id",
            "SELECT name FROM roles ORDER BY 1",
            "SELECT tableoid::regclass || line FROM logs ORDER BY 1")) {
      assertThat(strings(database, query)).as(query).isEqualTo(strings(kept, query)).isNotEmpty();
    }
    assertThat(value(database, "SELECT DISTINCT rank FROM posts")).isEqualTo("7");
    assertThat(value(database, "SELECT shout FROM posts WHERE id = 1")).isEqualTo("TIT\t\n\\LE");

    server.execute(database, "INSERT INTO posts (author_id) VALUES (5)");
    assertThat(value(database, "SELECT max(id) FROM posts")).isEqualTo("5");
    server.execute(
        database, "INSERT INTO logs VALUES ('2025-04-01', 'l'); INSERT INTO zero DEFAULT VALUES");
    assertThat(value(database, "SELECT count(*) FROM audit")).isEqualTo("16");
    assertThat(value(database, "SELECT max(id) FROM zero")).isEqualTo("1");
    assertThat(
            value(
                database,
                "SELECT string_agg(tgenabled::text, '' ORDER BY tgrelid) FROM pg_trigger WHERE tgname = 'logs_note'"))
        .isEqualTo(
            value(
                kept,
                "SELECT string_agg(tgenabled::text, '' ORDER BY tgrelid) FROM pg_trigger WHERE tgname = 'logs_note'"));
    server.execute(database, "INSERT INTO users (email) VALUES ('new')");
    assertThat(value(database, "SELECT max(id) FROM users")).isEqualTo("6");
    assertThat(
            value(
                database,
                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
        .isEqualTo("4");
    assertThat(
            value(
                database,
                "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint"
                    + " WHERE conname = 'users_last_post'"))
        .isEqualTo("it's a cycle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "op.add_column('posts', sa.Column('slug', sa.Text, nullable=False))"
            + "| SELECT 1"
            + "| `column public.posts.slug` must have a value and has no default, and the old table's"
            + " 3 rows have none",
        "op.alter_column('users', 'email', type_=sa.String(4))"
            + "| SELECT 1"
            + "| `column public.users.email` is `character varying(50)` in the old database and"
            + " `character varying(4)` in the new one",
        "op.create_check_constraint('short', 'users', 'length(email) < 3')"
            + "| SELECT 1"
            + "| rows of `public.users` do not fit the new database: new row for relation \"users\""
            + " violates check constraint \"short\"",
        "op.create_unique_constraint('one_title', 'posts', ['title'])"
            + "| SELECT 1"
            + "| rows of `public.posts` do not fit the new database: duplicate key value violates"
            + " unique constraint \"one_title\"",
        "pass"
            + "| ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey; UPDATE posts SET author_id = 9"
            + "| the old rows break a foreign key that they lacked: insert or update on table"
            + " \"posts\" violates foreign key constraint \"posts_author_id_fkey\"",
        "op.alter_column('posts', 'title', nullable=False)"
            + "| SELECT 1"
            + "| rows of `public.posts` do not fit the new database: null value in column \"title\""
            + " of relation \"posts\" violates not-null constraint"
      })
  void rowsThatDoNotFitAreNamedAndNothingIsLeft(String body, String damage, String reason) {
    hollow();
    files.revision("a4", "'a3'", body);
    server.execute(database, damage);
    List<String> before = contents(database);

    StampguardException refusal =
        failure(
            () -> {
              try (NewDatabase made = recreation().build(scripts(), QUIET)) {
                made.copyRows(QUIET);
              }
            });

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refusal)
        .hasMessage("the rows of `%s` cannot be copied: %s".formatted(database, reason));
    assertThat(contents(database)).isEqualTo(before);
    assertThat(databases()).containsExactly(database);
  }

  /** Privileges in no matter which order. */
  private static String sorted(String acl) {
    return "ARRAY(SELECT unnest(%s)::text ORDER BY 1)::text".formatted(acl);
  }

  @Test
  void ownersPrivilegesAndSettingsAreTakenOver() {
    hollow();
    server.execute(
        database,
        """
        DO $$ BEGIN
          CREATE ROLE keeper; CREATE ROLE reader; CREATE ROLE clerk;
        EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER DATABASE %1$s OWNER TO keeper;
        ALTER DATABASE %1$s SET work_mem = '5MB';
        REVOKE CONNECT ON DATABASE %1$s FROM PUBLIC; GRANT CONNECT ON DATABASE %1$s TO reader;
        GRANT CREATE ON SCHEMA public TO clerk;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;
        ALTER TABLE users OWNER TO keeper;
        GRANT SELECT ON users TO reader WITH GRANT OPTION;
        GRANT UPDATE (title) ON posts TO clerk;
        GRANT USAGE ON SEQUENCE audit_id_seq TO clerk;
        REVOKE EXECUTE ON FUNCTION note() FROM PUBLIC;
        GRANT ALL ON mine TO reader
        """
            .formatted(database));
    List<String> queries =
        List.of(
            "SELECT pg_get_userbyid(datdba) || "
                + sorted("datacl")
                + " FROM pg_database"
                + " WHERE datname = current_database()",
            "SELECT " + sorted("nspacl") + " FROM pg_namespace WHERE nspname = 'public'",
            "SELECT relname || pg_get_userbyid(relowner) || "
                + sorted("relacl")
                + " FROM pg_class WHERE relname IN ('users', 'users_id_seq', 'audit_id_seq')"
                + " ORDER BY 1",
            "SELECT "
                + sorted("attacl")
                + " FROM pg_attribute WHERE attacl IS NOT NULL AND attnum > 0"
                + " AND attrelid = 'posts'::regclass",
            "SELECT " + sorted("proacl") + " FROM pg_proc WHERE proname = 'note'",
            "SELECT " + sorted("defaclacl") + " FROM pg_default_acl",
            "SELECT array_to_string(setconfig, ',') FROM pg_db_role_setting s"
                + " JOIN pg_database d ON d.oid = s.setdatabase AND datname = current_database()");
    List<List<String>> before = queries.stream().map(query -> strings(database, query)).toList();
    assertThat(before).allSatisfy(rows -> assertThat(rows).isNotEmpty());

    try (NewDatabase made = recreation().build(scripts(), QUIET)) {
      made.copyRows(QUIET);
      assertThat(made.remarks()).isEmpty();
      made.takeOver(NOW, false);
    }

    for (int i = 0; i < queries.size(); i++) {
      assertThat(strings(database, queries.get(i))).as(queries.get(i)).isEqualTo(before.get(i));
    }
    assertThat(value(database, "SELECT has_table_privilege('reader', 'posts', 'SELECT')"))
        .isEqualTo("f");
    // A table that was missing until now is open to whom all future ones were to be open.
    assertThat(value(database, "SELECT has_table_privilege('reader', 'tags', 'SELECT')"))
        .isEqualTo("t");
  }

  @Test
  void namesGoWhereTheyWentAlsoWithoutTheSearchPathThatLedThem() {
    server.execute(
        database,
        "CREATE SCHEMA app; ALTER ROLE postgres IN DATABASE %s SET search_path = app"
            .formatted(database));
    hollow();
    server.execute(
        database, "ALTER ROLE postgres IN DATABASE %s RESET search_path".formatted(database));
    assertThat(verdict()).isEqualTo(Verdict.INCONSISTENT);

    try (NewDatabase made = recreation().build(scripts(), QUIET)) {
      assertThat(made.copyRows(QUIET).rows()).containsEntry(new QualifiedName("app", "users"), 2L);
      made.takeOver(NOW, false);
    }

    assertThat(verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(value(database, "SELECT count(*) FROM app.posts")).isEqualTo("3");
    assertThat(
            value(
                database,
                "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d"
                    + " ON d.oid = s.setdatabase AND datname = current_database()"))
        .isEqualTo("0");
  }

  @Test
  void aRoleThatMayNotCreateDatabasesIsToldSo() {
    hollow();
    server.execute(
        database,
        """
        DO $$ BEGIN CREATE ROLE pauper LOGIN;
        EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        GRANT pg_read_all_data TO pauper
        """);
    StampguardException refusal =
        failure(
            () -> recreation(Connectors.as(target(), "pauper")).build(scripts(), QUIET).close());
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.NO_ACCESS);
    assertThat(refusal).hasMessageContaining("role `pauper` may not create a database");
    assertThat(databases()).containsExactly(database);
  }

  @Test
  void whoeverIsConnectedIsNamedOrEnded() throws SQLException {
    hollow();
    List<String> before = contents(database);
    try (Connection other = server.connect(database);
        NewDatabase made = recreation().build(scripts(), QUIET)) {
      assertThat(other.isValid(1)).isTrue();
      StampguardException refusal = failure(() -> made.takeOver(NOW, false));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(refusal.getMessage()).startsWith("`%s` is in use: session ".formatted(database));
      assertThat(contents(database)).isEqualTo(before);

      String kept = made.takeOver(NOW, true);
      assertThat(contents(kept)).isEqualTo(before);
      assertThat(other.isValid(1)).isFalse();
    }
    assertThat(verdict()).isEqualTo(Verdict.CONSISTENT);
  }

  @Test
  void whatIsWrittenWhileRowsAreCopiedIsNotLost() {
    hollow();
    try (NewDatabase made = recreation().build(scripts(), QUIET)) {
      made.copyRows(QUIET);
      server.execute(database, "UPDATE users SET email = 'hunter2' WHERE id = 5");
      List<String> before = contents(database);

      StampguardException refusal = failure(() -> made.takeOver(NOW, true));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(refusal)
          .hasMessage(
              "somebody has written to `%s` since its rows were copied, which would be missing:"
                      .formatted(database)
                  + " `public.users` (1 row written)");
      assertThat(contents(database)).isEqualTo(before);

      made.copyRows(QUIET);
      server.execute(database, "INSERT INTO mine VALUES ('no script makes it')");
      String kept = made.takeOver(NOW, true);
      assertThat(value(kept, "SELECT count(*) FROM mine")).isEqualTo("2");
      assertThat(value(database, "SELECT email FROM users WHERE id = 5")).isEqualTo("hunter2");
    }
    assertThat(verdict()).isEqualTo(Verdict.CONSISTENT);
  }

  @Test
  void aRoleThatOwnsNothingButItsDatabaseCanDoAllOfIt() {
    server.execute(
        database,
        """
        DO $$ BEGIN CREATE ROLE builder LOGIN CREATEDB;
        EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER DATABASE %s OWNER TO builder;
        ALTER SCHEMA public OWNER TO builder
        """
            .formatted(database));
    Alembic.Result result =
        Alembic.require()
            .run(
                project,
                "postgresql://builder@localhost:%d/%s".formatted(server.port(), database),
                List.of("upgrade", "head"));
    assertThat(result.exitCode()).as(result.output()).isZero();
    server.execute(database, "SET ROLE builder; " + ROWS);

    Target target = Connectors.as(target(), "builder");
    try (NewDatabase made = recreation(target).build(scripts(), QUIET)) {
      assertThat(made.remarks()).isEmpty();
      assertThat(made.copyRows(QUIET).rows()).hasSize(6);
      made.takeOver(NOW, false);
    }
    assertThat(verdict()).isEqualTo(Verdict.CONSISTENT);
    assertThat(
            value(
                database,
                "SELECT string_agg(DISTINCT pg_get_userbyid(c.relowner), ' ') FROM pg_class c"
                    + " WHERE c.relnamespace = 'public'::regnamespace"))
        .isEqualTo("builder");
  }
}
