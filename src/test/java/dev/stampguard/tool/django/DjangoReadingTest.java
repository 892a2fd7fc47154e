package dev.stampguard.tool.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.KnownScripts;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.SchemaOperation;
import dev.stampguard.tool.SchemaOperation.NewConstraint;
import dev.stampguard.tool.SchemaOperation.NewIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations of an app called {@code shop} in, and what is read of them. */
class DjangoReadingTest {
  @TempDir private Path directory;

  private String userModel = "auth.User";

  /** Writes a migration: what stands in its class. */
  private void migration(String app, String name, String... lines) {
    try {
      Path migrations = Files.createDirectories(directory.resolve(app).resolve("migrations"));
      Files.writeString(migrations.resolve("__init__.py"), "");
      Files.writeString(
          migrations.resolve(name + ".py"),
          Stream.of(lines)
              .flatMap(String::lines)
              .map(line -> "    " + line + "\n")
              .collect(
                  Collectors.joining(
                      "",
                      """
                      from django.conf import settings
                      from django.db import migrations, models


                      class Migration(migrations.Migration):
                      """,
                      "    pass\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private History history(String... apps) {
    return History.read(
        Stream.of(apps)
            .map(
                app ->
                    new AppFinder.App(
                        app, directory.resolve(app).resolve("migrations"), Optional.empty()))
            .toList(),
        new OtherApps(List.of(), List.of()),
        KnownScripts.NONE,
        path -> directory.relativize(path).toString(),
        userModel);
  }

  private static String graph(History history) {
    return history.scripts().graph().revisions().stream()
        .map(DjangoReadingTest::place)
        .collect(Collectors.joining("\n"));
  }

  private static String place(Revision revision) {
    String needs = String.join(" ", revision.parents());
    String others = String.join(" ", revision.dependsOn());
    return (revision.id() + " < " + needs + (others.isEmpty() ? "" : " & " + others)).strip();
  }

  // The history

  @Test
  void dependenciesInAnAppAndOfOthers() {
    migration("shop", "0001_initial", "dependencies = []");
    migration(
        "shop", "0002_more", "dependencies = [('shop', '0001_initial')] + [('crm', '0001_a')]");
    migration(
        "shop",
        "0003_user",
        "dependencies = [('shop', '0002_more'), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]");
    migration("crm", "0001_a", "initial = True");
    userModel = "crm.Person";

    assertThat(graph(history("shop", "crm")))
        .isEqualTo(
            """
            crm.0001_a <
            shop.0001_initial <
            shop.0002_more < shop.0001_initial & crm.0001_a
            shop.0003_user < shop.0002_more & crm.0001_a""");
    assertThat(history("shop").foreignNeeds("shop.0002_more"))
        .containsExactly(new MigrationKey("crm", "0001_a"));
  }

  @Test
  void theFirstAndTheLastOfAnApp() {
    migration("shop", "0001_initial", "dependencies = [('crm', '__first__')]");
    migration(
        "shop", "0002_more", "dependencies = [('shop', '0001_initial'), ('crm', '__latest__')]");
    migration("crm", "0001_a");
    migration("crm", "0002_b", "dependencies = [('crm', '0001_a')]");

    assertThat(graph(history("shop", "crm")))
        .contains("shop.0001_initial <  & crm.0001_a")
        .contains("shop.0002_more < shop.0001_initial & crm.0002_b");
  }

  @Test
  void whatMustRunBeforeAnother() {
    migration("shop", "0001_initial");
    migration("crm", "0001_a", "run_before = [('shop', '0001_initial'), ('gone', '0001_x')]");

    assertThat(graph(history("shop", "crm"))).contains("shop.0001_initial <  & crm.0001_a");
  }

  @Test
  void aSquashedMigrationBesideWhatItReplacesIsNone() {
    migration("shop", "0001_initial");
    migration("shop", "0002_more", "dependencies = [('shop', '0001_initial')]");
    migration(
        "shop", "0001_squashed", "replaces = [('shop', '0001_initial'), ('shop', '0002_more')]");
    migration("shop", "0003_new", "dependencies = [('shop', '0001_squashed')]");

    History history = history("shop");
    assertThat(graph(history))
        .isEqualTo(
            """
            shop.0001_initial <
            shop.0002_more < shop.0001_initial
            shop.0003_new < shop.0002_more""");
    assertThat(history.squashed()).containsOnlyKeys(new MigrationKey("shop", "0001_squashed"));
    assertThat(history.replacing()).isEmpty();
  }

  @Test
  void aSquashedMigrationAloneStandsForThem() {
    migration(
        "shop", "0001_squashed", "replaces = [('shop', '0001_initial'), ('shop', '0002_more')]");
    migration("shop", "0003_new", "dependencies = [('shop', '0002_more')]");

    History history = history("shop");
    assertThat(graph(history))
        .isEqualTo(
            """
            shop.0001_squashed <
            shop.0003_new < shop.0001_squashed""");
    assertThat(history.replacing()).containsOnlyKeys(new MigrationKey("shop", "0001_squashed"));
  }

  @Test
  void whatIsComputedIsToldWithItsPlace() throws IOException {
    migration("shop", "0001_initial", "dependencies = [x for x in y]");
    migration("shop", "0002_more", "def broken(:");
    Files.writeString(directory.resolve("shop/migrations/0003_none.py"), "x = 1\n");

    assertThat(history("shop").scripts().graph().problems())
        .extracting(GraphProblem::kind, GraphProblem::file, GraphProblem::line)
        .containsExactlyInAnyOrder(
            tuple(GraphProblem.Kind.COMPUTED_PLACE, "shop/migrations/0001_initial.py", 6),
            tuple(GraphProblem.Kind.UNREADABLE_SCRIPT, "shop/migrations/0002_more.py", 6),
            tuple(GraphProblem.Kind.UNREADABLE_SCRIPT, "shop/migrations/0003_none.py", 1));
  }

  @Test
  void whatRunsOfAScriptAreItsOperations() throws IOException {
    Files.writeString(directory.resolve("manage.py"), "import django\n");
    migration("shop", "0001_initial");

    assertThat(new DjangoTool(Map.of()).detect(directory).orElseThrow().running("a/0001_x.py"))
        .isEqualTo("operations of a/0001_x.py");
  }

  // The operations

  private static final String MODEL =
      "migrations.CreateModel('Book', [('id', models.AutoField(primary_key=True)), ('title', models.CharField(max_length=9)), ('year', models.IntegerField())]), ";

  /** What comes in is what follows a table {@code shop_book} with id, title and year. */
  static Stream<Arguments> operations() {
    return Stream.of(
        Arguments.of("", ""),
        Arguments.of(
            "migrations.AddField('book', 'isbn', models.CharField(max_length=9, unique=True))",
            "+shop_book.isbn, constraint (isbn), index shop_book_isbn_d60b4a22_like(isbn)"),
        Arguments.of(
            "migrations.RemoveField(model_name='Book', name='title')", "-column shop_book.title"),
        Arguments.of("migrations.RenameField('book', 'title', 'name')", "shop_book.title > name"),
        Arguments.of("migrations.AlterField('book', 'title', models.TextField())", "~shop_book"),
        Arguments.of(
            "migrations.AlterField('book', 'title', models.TextField(db_column='t'))",
            "shop_book.title > t"),
        Arguments.of("migrations.RenameModel('Book', 'Tome')", "table shop_book > shop_tome"),
        Arguments.of("migrations.AlterModelTable('book', 'tomes')", "table shop_book > tomes"),
        Arguments.of("migrations.DeleteModel('Book')", "-table shop_book"),
        Arguments.of("migrations.AlterModelOptions('book', {'ordering': ['title']})", ""),
        Arguments.of(
            "migrations.AddIndex('book', models.Index(fields=['-year', 'title'], name='by_year'))",
            "index by_year(year, title)"),
        Arguments.of(
            "migrations.AddIndex('book', models.Index(fields=['year'], name='a')), migrations.RemoveIndex('book', 'a')",
            "index a(year), -index a"),
        Arguments.of(
            "migrations.AddIndex('book', models.Index(fields=['year'], name='a')), migrations.RenameIndex('book', new_name='b', old_name='a')",
            "index a(year), index a > b"),
        Arguments.of("migrations.AddIndex('book', models.Index(fields=['year'], name=NAME))", "?"),
        Arguments.of("migrations.RemoveIndex('book', 'nobodys')", "?"),
        Arguments.of(
            "migrations.AddConstraint('book', models.UniqueConstraint(fields=['title', 'year'], name='once'))",
            "constraint once(title, year)"),
        Arguments.of(
            "migrations.AddConstraint('book', models.UniqueConstraint(fields=['title'], condition=models.Q(year=1), name='once'))",
            "index once(title)"),
        Arguments.of(
            "migrations.AddConstraint('book', models.CheckConstraint(check=models.Q(year__gt=0), name='positive'))",
            "constraint positive()"),
        Arguments.of(
            "migrations.AlterUniqueTogether('book', {('title', 'year')})",
            "constraint shop_book_title_year_27c5759b_uniq(title, year)"),
        Arguments.of("migrations.RunSQL('CREATE VIEW v AS SELECT 1', 'DROP VIEW v')", "+view v"),
        Arguments.of(
            "migrations.RunSQL([('CREATE TABLE t (a int)', None), 'DROP TABLE u'])",
            "+t(a), -table u"),
        Arguments.of("migrations.RunSQL(migrations.RunSQL.noop)", ""),
        Arguments.of("migrations.RunSQL(open('x.sql').read())", "?"),
        Arguments.of(
            "migrations.RunSQL('ALTER TABLE shop_book ADD b int', state_operations=[migrations.AddField('book', 'b', models.IntegerField())]), migrations.RemoveField('book', 'b')",
            "+shop_book.b, -column shop_book.b"),
        Arguments.of("migrations.RunPython(forwards, migrations.RunPython.noop)", ""),
        Arguments.of(
            "migrations.RunPython(lambda apps, schema_editor: schema_editor.execute('DROP TABLE x'))",
            "?[DROP, TABLE, x]"),
        Arguments.of(
            "migrations.RunPython(lambda apps, editor: editor.alter_db_table(m, 'a', 'b'))",
            "?[Book, a, b, id, shop_a, shop_b, shop_book, shop_id, shop_title, shop_year, title, year]"),
        Arguments.of(
            "migrations.RunPython(lambda apps, editor: editor.execute('DROP TABLE %s' % 'Tom'))",
            "?[Book, DROP, TABLE, Tom, id, s, shop_book, shop_drop, shop_id, shop_s, shop_table, shop_title, shop_tom, shop_year, title, year]"),
        Arguments.of(
            "migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL('CREATE TABLE t (a int)')], state_operations=[migrations.CreateModel('T', [('a', models.IntegerField())], {'db_table': 't'})]), migrations.AddField('t', 'b', models.IntegerField())",
            "+t(a), +t.b"),
        Arguments.of(
            "migrations.SeparateDatabaseAndState([migrations.AddField('book', 'x', models.IntegerField())]), migrations.RemoveField('book', 'x')",
            "+shop_book.x"),
        Arguments.of("TrigramExtension()", "+extension pg_trgm"),
        Arguments.of("CreateExtension('hstore')", "+extension hstore"),
        Arguments.of("Mine()", "?"),
        Arguments.of("migrations.AddField('nobody', 'x', models.IntegerField())", "?"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatAnOperationDoes(String operations, String expected) {
    migration("shop", "0001_initial", "operations = [" + MODEL + operations + "]");

    List<SchemaOperation> read = history("shop").scripts().operations().get("shop.0001_initial");

    assertThat(words(read.getFirst())).isEqualTo("+shop_book(id, title, year), constraint (id)");
    assertThat(
            read.stream().skip(1).map(DjangoReadingTest::words).collect(Collectors.joining(", ")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"operations = [*more]", "operations = more()", "operations = [Mine()] + more"})
  void whatIsNoListIsKnownOnlyWhenItRuns(String line) {
    migration("shop", "0001_initial", line);

    assertThat(history("shop").scripts().operations().get("shop.0001_initial"))
        .extracting(DjangoReadingTest::words)
        .containsExactly("?");
  }

  @Test
  void whatDoesNothingMakesNoDifference() {
    migration("shop", "0001_initial", "operations = []");
    migration("shop", "0002_more", "dependencies = [('shop', '0001_initial')]");

    assertThat(history("shop").scripts().idle())
        .containsExactlyInAnyOrder("shop.0001_initial", "shop.0002_more");
  }

  private static String words(SchemaOperation operation) {
    return switch (operation) {
      case SchemaOperation.CreateTable o ->
          "+%s(%s)".formatted(o.table().name(), String.join(", ", o.columns()))
              + o.constraints().stream().map(c -> ", " + words(c)).collect(Collectors.joining())
              + o.indexes().stream().map(i -> ", " + words(i)).collect(Collectors.joining());
      case SchemaOperation.CreateObject o ->
          "+%s %s".formatted(o.object().kind().label(), o.object().simpleName());
      case SchemaOperation.AddColumn o -> "+%s.%s".formatted(o.table().name(), o.column());
      case SchemaOperation.AddConstraint o -> words(o.constraint());
      case SchemaOperation.CreateIndex o -> words(o.index());
      case SchemaOperation.CreateInside o -> "+" + o.object();
      case SchemaOperation.Drop o -> {
        var parts = o.object().parts();
        yield "-%s %s"
            .formatted(o.object().kind().label(), String.join(".", parts.subList(1, parts.size())));
      }
      case SchemaOperation.RenameRelation o ->
          "table %s > %s".formatted(o.from().simpleName(), o.to().simpleName());
      case SchemaOperation.RenameColumn o ->
          "%s.%s > %s".formatted(o.table().name(), o.from(), o.to());
      case SchemaOperation.RenameObject o ->
          "%s %s > %s"
              .formatted(o.from().kind().label(), o.from().simpleName(), o.to().simpleName());
      case SchemaOperation.AlterTable o -> "~" + o.table().name();
      case SchemaOperation.Redefine o -> "~";
      case SchemaOperation.Conditional o -> "if";
      case SchemaOperation.SetSearchPath o -> "path " + o.schema();
      case SchemaOperation.Unreadable o ->
          o.mayDrop().isEmpty() ? "?" : "?" + o.mayDrop().stream().sorted().toList();
    };
  }

  private static String words(NewConstraint constraint) {
    return "constraint %s(%s)"
        .formatted(constraint.name().orElse(""), String.join(", ", constraint.columns()));
  }

  private static String words(NewIndex index) {
    return "index %s(%s)".formatted(index.name().orElse(""), String.join(", ", index.columns()));
  }
}
