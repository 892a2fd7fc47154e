package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaAliasTest {
  private final SchemaAlias alias = new SchemaAlias("t1", "public");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          integer DEFAULT nextval('t1.users_id_seq'::regclass) | integer DEFAULT nextval('public.users_id_seq'::regclass)
          FOREIGN KEY (user_id) REFERENCES t1.users(id) | FOREIGN KEY (user_id) REFERENCES public.users(id)
          CREATE INDEX ix ON t1.users USING btree (lower(email)) | CREATE INDEX ix ON public.users USING btree (lower(email))
          t1.mood[] DEFAULT '{}'::t1.mood[] | public.mood[] DEFAULT '{}'::public.mood[]
          text DEFAULT 't1.users'::text | text DEFAULT 't1.users'::text
          text DEFAULT 'it''s t1.x'::text | text DEFAULT 'it''s t1.x'::text
          CHECK ((x.t1.y > 0) AND (t1.f(t1) > 1)) | CHECK ((x.t1.y > 0) AND (public.f(t1) > 1))
          EXECUTE FUNCTION t11.f() | EXECUTE FUNCTION t11.f()
          REFERENCES public.users(id) | REFERENCES public.users(id)
          SELECT "t1.x", at1.x, t1.a FROM t1.a | SELECT "t1.x", at1.x, public.a FROM public.a
          """)
  void namesOfTheSchemaAndNothingElse(String text, String expected) {
    // `SELECT t1.a` is a table of that name as well as a schema: both are put into other words on
    // both sides alike only where no table is called like its schema.
    assertThat(alias.text(text)).isEqualTo(expected);
  }

  @Test
  void namesThatNeedQuotes() {
    var odd = new SchemaAlias("Größe \"1\"", "public");

    assertThat(odd.text("nextval('\"Größe \"\"1\"\"\".q'::regclass)"))
        .isEqualTo("nextval('public.q'::regclass)");
    assertThat(odd.reversed().text("REFERENCES public.a(id)"))
        .isEqualTo("REFERENCES \"Größe \"\"1\"\"\".a(id)");
  }

  @Test
  void aFunctionsBodyIsItsAuthors() {
    String text =
        """
        CREATE OR REPLACE FUNCTION t1.f(t1.mood)
         RETURNS t1.mood
         LANGUAGE sql
        AS $function$ SELECT t1.g() $function$
        """;
    var function =
        new CatalogObject(
            ObjectName.function("t1", "f", "t1.mood"),
            Optional.empty(),
            new Definition.Canonical(text));

    CatalogObject known = alias.text(function);

    assertThat(known.name()).isEqualTo(ObjectName.function("t1", "f", "public.mood"));
    assertThat(known.definition().text())
        .startsWith("CREATE OR REPLACE FUNCTION public.f(public.mood)\n RETURNS public.mood")
        .contains("SELECT t1.g()");
  }

  @Test
  void namesOfObjects() {
    ObjectName column = ObjectName.of(ObjectKind.COLUMN, "t1", "users", "email");

    assertThat(alias.name(column)).hasToString("column public.users.email");
    assertThat(alias.reversed().name(alias.name(column))).isEqualTo(column);
    assertThat(alias.name(ObjectName.of(ObjectKind.TABLE, "t2", "users")))
        .hasToString("table t2.users");
    assertThat(alias.name(ObjectName.of(ObjectKind.EXTENSION, "t1"))).hasToString("extension t1");
  }
}
