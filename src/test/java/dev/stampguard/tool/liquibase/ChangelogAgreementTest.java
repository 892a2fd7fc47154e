package dev.stampguard.tool.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.tool.GraphProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changelogs in; the changesets and checksums are those that Liquibase itself finds. */
class ChangelogAgreementTest {
  private static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd"%s>
      %s
      </databaseChangeLog>
      """;

  @TempDir private Path directory;

  /**
   * A changelog.
   *
   * @param about for people
   * @param contexts that a run names, joined by commas
   * @param labels likewise
   * @param expected the changesets, as {@code filename::id::author}, joined by blanks
   * @param files by their names; the first one is where it begins
   */
  private record Case(
      String about, String contexts, String labels, String expected, Map<String, String> files) {
    @Override
    public String toString() {
      return about;
    }
  }

  private static Map<String, String> files(String... namesAndTexts) {
    var files = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return files;
  }

  private static String xml(String body) {
    return XML.formatted("", body);
  }

  private static String set(String id, String attributes) {
    return "<changeSet id=\"%s\" author=\"a\" %s><sql>SELECT '%1$s'</sql></changeSet>"
        .formatted(id, attributes);
  }

  private static String sql(String... sets) {
    return "--liquibase formatted sql\n" + String.join("\n", sets) + "\n";
  }

  static Stream<Case> changelogs() {
    return Stream.of(
        new Case(
            "attributes of formatted SQL",
            "",
            "",
            "c.sql::1::ann c.sql::2::ann c.sql::a b::the team c.sql::3::ann c.sql::4::ann other.sql::5::ann",
            files(
                "c.sql",
                sql(
                    "--changeset ann:1 splitStatements:false runOnChange:true",
                    "SELECT 1; SELECT 2;",
                    "--rollback SELECT 3;",
                    "-- changeset ann:2 endDelimiter:GO stripComments:false",
                    "SELECT 1 -- kept",
                    "GO",
                    "--changeset \"the team\":\"a b\"",
                    "SELECT 1",
                    "--changeset ann:3 dbms:postgresql,h2",
                    "--comment: three",
                    "SELECT 1",
                    "--changeset ann:4 dbms:!oracle",
                    "--preconditions onFail:MARK_RAN",
                    "--precondition-sql-check expectedResult:0 SELECT 0",
                    "SELECT 1",
                    "--changeset ann:5 logicalFilePath:other.sql",
                    "SELECT 1",
                    "--changeset ann:6 dbms:oracle",
                    "SELECT 1 FROM dual",
                    "--changeset ann:7 ignore:true",
                    "SELECT 1"))),
        new Case(
            "rollback of several lines, ignored lines",
            "",
            "",
            "c.sql::1::a c.sql::2::a",
            files(
                "c.sql",
                sql(
                    "--changeset a:1",
                    "SELECT 1;",
                    "/* liquibase rollback",
                    "SELECT 2;",
                    "*/",
                    "--ignoreLines:start",
                    "--changeset a:0",
                    "SELECT 0;",
                    "--ignoreLines:end",
                    "--changeset a:2",
                    "SELECT 'é';"))),
        new Case(
            "includes, relative and not",
            "",
            "",
            "db/main.xml::1::a db/parts/a.sql::2::a db/parts/deep/b.xml::3::a logical::4::a",
            files(
                "db/main.xml",
                xml(
                    set("1", "")
                        + "<include file=\"parts/a.sql\" relativeToChangelogFile=\"true\"/>"
                        + "<include file=\"db/parts/deep/b.xml\"/>"),
                "db/parts/a.sql",
                sql("--changeset a:2", "SELECT 1"),
                "db/parts/deep/b.xml",
                xml(
                    set("3", "")
                        + "<include file=\"../c.yaml\" relativeToChangelogFile=\"true\"/>"),
                "db/parts/c.yaml",
                """
                databaseChangeLog:
                  - logicalFilePath: logical
                  - changeSet:
                      id: 4
                      author: a
                      changes:
                        - sql: {sql: "SELECT 1"}
                """)),
        new Case(
            "all of a directory, by name",
            "",
            "",
            "db/all/1.sql::1::a db/all/2.xml::2::a db/all/sub/0.sql::0::a",
            files(
                "db/main.xml",
                xml("<includeAll path=\"all\" relativeToChangelogFile=\"true\"/>"),
                "db/all/2.xml",
                xml(set("2", "")),
                "db/all/1.sql",
                sql("--changeset a:1", "SELECT 1"),
                "db/all/sub/0.sql",
                sql("--changeset a:0", "SELECT 1"),
                "db/all/notes.txt",
                "no changelog")),
        new Case(
            "contexts",
            "test",
            "",
            "c.xml::1::a c.xml::2::a c.xml::3::a c.xml::5::a c.xml::7::a",
            files(
                "c.xml",
                xml(
                    set("1", "")
                        + set("2", "context=\"test\"")
                        + set("3", "contextFilter=\"prod or test\"")
                        + set("4", "context=\"prod\"")
                        + set("5", "context=\"!prod\"")
                        + set("6", "context=\"test and prod\"")
                        + set("7", "context=\"prod,Test\"")))),
        new Case(
            "contexts of includes count together",
            "test",
            "",
            "c.xml::1::a b.xml::2::a",
            files(
                "c.xml",
                xml(
                    set("1", "")
                        + "<include file=\"a.xml\" context=\"prod\"/>"
                        + "<include file=\"b.xml\" context=\"test\"/>"),
                "a.xml",
                xml("<include file=\"d.xml\" context=\"test\"/>"),
                "d.xml",
                xml(set("4", "")),
                "b.xml",
                xml(set("2", "") + set("3", "context=\"prod\"")))),
        new Case(
            "a context of a whole changelog",
            "test",
            "",
            "c.xml::1::a b.xml::3::a",
            files(
                "c.xml",
                xml(set("1", "") + "<include file=\"a.xml\"/><include file=\"b.xml\"/>"),
                "a.xml",
                XML.formatted(" context=\"prod\"", set("2", "")),
                "b.xml",
                XML.formatted(" context=\"test\"", set("3", "")))),
        new Case(
            "labels",
            "",
            "v1",
            "c.xml::1::a c.xml::2::a c.xml::3::a",
            files(
                "c.xml",
                xml(
                    set("1", "")
                        + set("2", "labels=\"v1\"")
                        + set("3", "labels=\"v0, v1\"")
                        + set("4", "labels=\"v2\"")))),
        new Case(
            "labels of includes",
            "",
            "v1",
            "a.xml::5::a b.xml::2::a b.xml::3::a b.xml::4::a",
            files(
                "c.xml",
                xml(
                    "<include file=\"a.xml\" labels=\"v2\"/><include file=\"b.xml\" labels=\"v1\"/>"),
                "a.xml",
                xml(set("1", "") + set("5", "labels=\"v1\"")),
                "b.xml",
                xml(set("2", "") + set("3", "labels=\"v1\"") + set("4", "labels=\"v2\"")))),
        new Case(
            "YAML with properties, files and preconditions",
            "",
            "",
            "c.yaml::1::a c.yaml::2::a c.yaml::3::a",
            files(
                "c.yaml",
                """
                databaseChangeLog:
                  - property: {name: t, value: books}
                  - property: {name: t, value: others}
                  - changeSet:
                      id: 1
                      author: a
                      changes:
                        - sql:
                            sql: CREATE TABLE ${t} (id int)
                            splitStatements: false
                  - changeSet:
                      id: 2
                      author: a
                      preConditions:
                        - onFail: MARK_RAN
                        - tableExists: {tableName: books}
                      changes:
                        - sqlFile: {path: sql/x.sql, relativeToChangelogFile: true}
                  - changeSet:
                      id: 3
                      author: a
                      changes:
                        - createTable:
                            tableName: c
                            columns:
                              - column: {name: id, type: int}
                """,
                "sql/x.sql",
                "CREATE INDEX i\n\tON ${t} (id);\n")),
        new Case(
            "JSON",
            "",
            "",
            "c.json::1::a",
            files(
                "c.json",
                """
                {"databaseChangeLog": [{"changeSet": {"id": "1", "author": "a", "changes": [
                  {"sql": {"sql": "SELECT 1"}}, {"sql": {"sql": "SELECT 2"}}]}}]}
                """)));
  }

  @ParameterizedTest
  @MethodSource("changelogs")
  void changesetsAndChecksums(Case changelog) throws Exception {
    for (var file : changelog.files().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    String first = changelog.files().keySet().iterator().next();
    var reader = reader(changelog);
    reader.read(first, directory.resolve(first));

    assertThat(reader.problems()).isEmpty();
    Map<String, Optional<String>> theirs = theirs(changelog, first);
    assertThat(theirs.keySet()).as("Liquibase").isEqualTo(named(changelog.expected()));
    assertThat(reader.sets().stream().map(ChangeSet::revision).toList())
        .containsExactlyElementsOf(theirs.keySet());
    for (ChangeSet set : reader.sets()) {
      Optional<String> sum = Checksum.of(set);
      if (sum.isPresent()) {
        assertThat(sum).as(set.revision()).isEqualTo(theirs.get(set.revision()));
      }
    }
  }

  /** Names hold blanks in one place. */
  private static Set<String> named(String expected) {
    return Stream.of(expected.replace("::a b::the team", "::a_b::the_team").split(" "))
        .map(name -> name.replace("::a_b::the_team", "::a b::the team"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private ChangelogReader reader(Case changelog) {
    return new ChangelogReader(
        List.of(directory),
        path -> directory.relativize(path).toString(),
        Filter.of(split(changelog.contexts()), split(changelog.labels())),
        Map.of());
  }

  private static List<String> split(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(","));
  }

  private Map<String, Optional<String>> theirs(Case changelog, String first) throws Exception {
    // Not closed: it holds nothing, and says that it may be interrupted.
    var accessor = new DirectoryResourceAccessor(directory);
    return Scope.child(
        Map.of(Scope.Attr.resourceAccessor.name(), accessor),
        () -> theirs(changelog, first, accessor));
  }

  private static Map<String, Optional<String>> theirs(
      Case changelog, String first, DirectoryResourceAccessor accessor) throws LiquibaseException {
    var database = new PostgresDatabase();
    DatabaseChangeLog parsed =
        ChangeLogParserFactory.getInstance()
            .getParser(first, accessor)
            .parse(first, new ChangeLogParameters(database), accessor);
    List<ChangeSetFilter> filters =
        List.of(
            new ContextChangeSetFilter(new Contexts(changelog.contexts())),
            new LabelChangeSetFilter(new LabelExpression(changelog.labels())),
            new DbmsChangeSetFilter(database),
            new IgnoreChangeSetFilter());
    var found = new LinkedHashMap<String, Optional<String>>();
    parsed.getChangeSets().stream()
        .filter(set -> filters.stream().allMatch(filter -> filter.accepts(set).isAccepted()))
        .forEach(
            set ->
                found.put(
                    "%s::%s::%s"
                        .formatted(
                            DatabaseChangeLog.normalizePath(set.getFilePath()),
                            set.getId(),
                            set.getAuthor()),
                    Optional.of(set.generateCheckSum(ChecksumVersion.V9).toString())));
    return found;
  }

  @Test
  void howOneIsRunIsRead() throws IOException {
    Path file = directory.resolve("c.sql");
    Files.writeString(
        file,
        sql(
            "--changeset ann:1 splitStatements:false runAlways:true",
            "--comment: One; two",
            "SELECT 1; SELECT 2;",
            "--changeset ann:2 endDelimiter:GO runInTransaction:false",
            "--preconditions onFail:HALT",
            "",
            "SELECT 1",
            "GO",
            "--validCheckSum: ANY"));
    var reader =
        new ChangelogReader(
            List.of(directory), Path::toString, Filter.of(List.of(), List.of()), Map.of());
    reader.read("c.sql", file);

    ChangeSet one = reader.sets().get(0);
    ChangeSet two = reader.sets().get(1);
    assertThat(one.isRerun()).isTrue();
    assertThat(one.isTransactional()).isTrue();
    assertThat(one.isSql()).isTrue();
    assertThat(one.comment()).isEqualTo("One; two");
    assertThat(one.line()).isEqualTo(2);
    assertThat(((ChangeSet.Sql) one.changes().getFirst()).isSplit()).isFalse();
    assertThat(two.isTransactional()).isFalse();
    assertThat(two.isConditional()).isTrue();
    assertThat(two.isSql()).isFalse();
    assertThat(two.hasAnyChecksum()).isTrue();
    assertThat(((ChangeSet.Sql) two.changes().getFirst()).delimiter()).isEqualTo("GO");
  }

  @Test
  void whatIsMissingOrBrokenIsToldWithItsPlace() throws IOException {
    Path file = directory.resolve("c.xml");
    Files.writeString(
        file,
        xml(
            """
            <include file="gone.xml"/>
            <includeAll path="gone"/>
            <include file="gone.sql" errorIfMissing="false"/>
            <include file="c.xml"/>
            <include file="half.xml"/>
            <changeSet id="1"/>
            """));
    Files.writeString(directory.resolve("half.xml"), "<databaseChangeLog>\n<changeSet");
    var reader =
        new ChangelogReader(
            List.of(directory),
            path -> path.getFileName().toString(),
            Filter.of(List.of(), List.of()),
            Map.of());
    reader.read("c.xml", file);

    assertThat(reader.problems())
        .extracting(GraphProblem::file, GraphProblem::message)
        .hasSize(5)
        .anyMatch(told -> told.toString().contains("it includes `gone.xml`, which is not there"))
        .anyMatch(told -> told.toString().contains("it includes `gone`, where nothing is"))
        .anyMatch(told -> told.toString().contains("it includes itself"))
        .anyMatch(told -> told.toString().contains("half.xml"))
        .anyMatch(told -> told.toString().contains("a changeset without id or author"));
  }
}
