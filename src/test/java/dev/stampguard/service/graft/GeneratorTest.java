package dev.stampguard.service.graft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.catalog.ObjectName;
import dev.stampguard.repair.graft.Graft;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code pg_dump} has no entry for, on tables that hold rows: the SQL, and what can hurt. */
@Tag("postgres")
class GeneratorTest {
  private final Bench bench =
      Bench.of(
          Integer.getInteger("stampguard.postgres.major", 18),
          """
          CREATE TYPE mood AS ENUM ('sad', 'so-so', 'glad');
          CREATE TABLE users (
            id int PRIMARY KEY,
            email varchar(50) NOT NULL,
            age int CONSTRAINT grown CHECK (age > 17),
            note text DEFAULT 'none',
            mood mood DEFAULT 'so-so');
          CREATE TABLE posts (id int PRIMARY KEY, author int CONSTRAINT author REFERENCES users);
          INSERT INTO users VALUES (1, 'a@x', 20, NULL, 'sad'), (2, 'b@x', 30, 'n', 'sad');
          INSERT INTO posts VALUES (1, 1);
          """);

  private final String damaged = bench.copy();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aColumnAndItsCheckAreAdded() {
    damage("ALTER TABLE users DROP COLUMN age");

    Graft graft = bench.plan(damaged);

    assertThat(lines(graft))
        .containsExactly(
            "ALTER TABLE public.users ADD COLUMN age integer [takes-access-exclusive-lock]",
            "ALTER TABLE public.users ADD CONSTRAINT grown CHECK ((age > 17))"
                + " [takes-access-exclusive-lock]");
    assertThat(graft.statements().getFirst().inverse())
        .hasValue("ALTER TABLE public.users DROP COLUMN age");
    mend(graft);
  }

  @Test
  void aColumnThatEveryRowNeedsAValueForIsAHazardWithAProposal() {
    damage("ALTER TABLE users DROP COLUMN email");

    Graft graft = bench.plan(damaged);

    assertThat(lines(graft))
        .containsExactly(
            "ALTER TABLE public.users ADD COLUMN email character varying(50)"
                + " [takes-access-exclusive-lock]",
            "ALTER TABLE public.users ALTER COLUMN email SET NOT NULL"
                + " [takes-access-exclusive-lock, not-null-without-default]");
    assertThat(graft.statements().getLast().remark().orElseThrow())
        .contains("every row needs a value", "for example `''`");

    Graft filled =
        bench.plan(
            damaged,
            bench.comparison(damaged),
            Map.of(
                ObjectName.of(ObjectKind.COLUMN, "public", "users", "email"), "'u' || id || '@x'"));
    assertThat(lines(filled))
        .contains(
            "ALTER TABLE public.users ALTER COLUMN email TYPE character varying(50)"
                + " USING ('u' || id || '@x') [rewrites-table, takes-access-exclusive-lock]");
    mend(filled);
  }

  @Test
  void defaultsAndRefusalsOfNullComeBack() {
    damage(
        "ALTER TABLE users ALTER COLUMN note DROP DEFAULT",
        "ALTER TABLE users ALTER COLUMN email DROP NOT NULL");

    Graft graft = bench.plan(damaged);

    assertThat(lines(graft))
        .containsExactlyInAnyOrder(
            "ALTER TABLE ONLY public.users ALTER COLUMN note SET DEFAULT 'none'::text"
                + " [takes-access-exclusive-lock]",
            "ALTER TABLE public.users ALTER COLUMN email SET NOT NULL"
                + " [takes-access-exclusive-lock]");
    assertThat(graft.statements().stream().map(statement -> statement.inverse().orElseThrow()))
        .containsExactlyInAnyOrder(
            "ALTER TABLE ONLY public.users ALTER COLUMN note DROP DEFAULT",
            "ALTER TABLE public.users ALTER COLUMN email DROP NOT NULL");
    mend(graft);
  }

  @Test
  void aValueOfAnEnumIsCommittedBeforeItIsUsed() {
    damage(
        "ALTER TABLE users DROP COLUMN mood",
        "DROP TYPE mood",
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "ALTER TABLE users ADD COLUMN mood mood");

    Graft graft = bench.plan(damaged);

    assertThat(lines(graft))
        .containsExactly(
            "ALTER TYPE public.mood ADD VALUE 'so-so' AFTER 'sad' [not-atomic]",
            "ALTER TABLE ONLY public.users ALTER COLUMN mood SET DEFAULT 'so-so'::public.mood"
                + " [takes-access-exclusive-lock]");
    assertThat(graft.statements().getFirst().endsSegment()).isTrue();
    assertThat(graft.statements().getFirst().inverse()).isEmpty();
    mend(graft);
  }

  @Test
  void aForeignKeyIsValidatedLast() {
    damage("ALTER TABLE posts DROP CONSTRAINT author");

    Graft graft = bench.plan(damaged);

    assertThat(graft.statements()).hasSize(2);
    assertThat(graft.statements().getFirst().sql())
        .endsWith("REFERENCES public.users(id) NOT VALID");
    assertThat(graft.statements().getLast().sql())
        .isEqualTo("ALTER TABLE public.posts VALIDATE CONSTRAINT author");
    assertThat(graft.statements().getLast().validates()).isPresent();
    mend(graft);
  }

  @Test
  void rowsThatBreakAForeignKeyAreCountedAndNamedBefore() {
    damage(
        "ALTER TABLE posts DROP CONSTRAINT author",
        "INSERT INTO posts VALUES (2, 7), (3, 8), (4, 8), (5, NULL)");

    Graft graft = bench.plan(damaged);

    assertThat(graft.statements()).isEmpty();
    assertThat(graft.obstacles())
        .containsExactly(
            new Graft.Obstacle(
                ObjectName.of(ObjectKind.CONSTRAINT, "public", "posts", "author"),
                "3 rows point at nothing (7; 8)"));
  }

  private void damage(String... statements) {
    assertThat(bench.attempt(damaged, List.of(statements))).hasSize(statements.length);
  }

  private void mend(Graft graft) {
    bench.run(damaged, graft);
    bench.assertMended(damaged, graft);
  }

  private static List<String> lines(Graft graft) {
    assertThat(graft.obstacles()).isEmpty();
    return graft.statements().stream()
        .map(statement -> statement.sql() + " " + statement.hazards())
        .toList();
  }
}
