package dev.stampguard.tool.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.StampguardException;
import dev.stampguard.target.ToolUrl;
import dev.stampguard.tool.GraphProblem;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.MigrationProject.LedgerLocation;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.SchemaOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywayToolTest {
  @TempDir private Path project;

  private void write(String name, String... lines) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<MigrationProject> detect() {
    return new FlywayTool(Map.of()).detect(project);
  }

  private MigrationProject found() {
    return detect().orElseThrow();
  }

  private List<String> ids() {
    return found().scripts().graph().revisions().stream().map(Revision::id).toList();
  }

  private Optional<String> url(Map<String, String> environment) {
    return new FlywayTool(environment).detect(project).orElseThrow().url().map(ToolUrl::text);
  }

  @Test
  void aDirectoryWithoutItsSettingsIsNotFlyways() {
    write("sql/V1__a.sql", "CREATE TABLE a (id int);");
    write("src/main/resources/application.properties", "quarkus.http.port=1");
    assertThat(detect()).isEmpty();
    assertThat(new FlywayTool(Map.of()).isConfiguredIn(project)).isFalse();
  }

  @Test
  void itsOwnFileSaysAll() {
    write(
        "flyway.conf",
        "# settings",
        "flyway.url=jdbc:postgresql://db.example:5433/shop",
        "flyway.user=migrator",
        "flyway.password=p@ss word",
        "flyway.locations=filesystem:one, filesystem:two",
        "flyway.schemas=sales,stock",
        "flyway.table=history");
    write("one/V2__b.sql", "CREATE TABLE b (id int);");
    write("two/deep/V1_5__a.sql", "CREATE TABLE a (id int);");
    MigrationProject flyway = found();

    assertThat(new FlywayTool(Map.of()).isConfiguredIn(project)).isTrue();
    assertThat(flyway.tool()).isEqualTo("flyway");
    assertThat(flyway.location()).isEqualTo("one");
    assertThat(flyway.ledgerLocation())
        .isEqualTo(new LedgerLocation(Optional.of("sales"), "history"));
    assertThat(ids()).containsExactly("1.5", "2");
    assertThat(url(Map.of()))
        .hasValue("jdbc:postgresql://db.example:5433/shop?user=migrator&password=p%40ss+word");
    assertThat(flyway.url().orElseThrow().toString()).doesNotContain("p@ss", "p%40ss");
  }

  @Test
  void aTomlFileNamesItsEnvironment() {
    write(
        "flyway.toml",
        "[environments.default]",
        "url = \"jdbc:postgresql://localhost/one\"",
        "[environments.ci]",
        "url = \"jdbc:postgresql://localhost/two\"",
        "[flyway]",
        "locations = [\"filesystem:db\"]",
        "environment = \"ci\"",
        "defaultSchema = \"app\"");
    write("db/V1__a.sql", "CREATE TABLE a (id int);");

    assertThat(url(Map.of())).hasValue("jdbc:postgresql://localhost/two");
    assertThat(found().ledgerLocation().schema()).hasValue("app");
    assertThat(url(Map.of("FLYWAY_ENVIRONMENT", "default")))
        .hasValue("jdbc:postgresql://localhost/one");
    assertThat(url(Map.of("FLYWAY_URL", "jdbc:postgresql://localhost/three")))
        .hasValue("jdbc:postgresql://localhost/three");
  }

  @Test
  void springsSettingsAreRead() {
    write(
        "src/main/resources/application.yml",
        "spring:",
        "  datasource:",
        "    url: ${DB_URL:jdbc:postgresql://localhost/spring}",
        "    username: app # the role",
        "  flyway:",
        "    locations:",
        "      - classpath:db/{vendor}",
        "      - 'classpath:db/common'",
        "    default-schema: app",
        "server:",
        "  port: 1");
    write("src/main/resources/db/postgresql/V2__b.sql", "CREATE TABLE b (id int);");
    write("src/main/resources/db/common/V1__a.sql", "CREATE TABLE a (id int);");

    assertThat(ids()).containsExactly("1", "2");
    assertThat(found().location()).isEqualTo("src/main/resources/db/postgresql");
    assertThat(found().ledgerLocation().schema()).hasValue("app");
    assertThat(url(Map.of())).hasValue("jdbc:postgresql://localhost/spring?user=app");
    assertThat(url(Map.of("DB_URL", "jdbc:postgresql://h/x")))
        .hasValue("jdbc:postgresql://h/x?user=app");
  }

  @Test
  void ofSeveralDocumentsTheFirstCountsAndWhatABuildReplacesIsNoError() {
    write(
        "src/main/resources/application.yml",
        "info.version: @project.version@",
        "spring.flyway: {table: mine, locations: ['classpath:one', \"classpath:two\"]}",
        "---",
        "spring.flyway.table: of_a_profile");
    write("src/main/resources/one/V1__a.sql", "CREATE TABLE a (id int);");
    write("src/main/resources/two/V2__b.sql", "CREATE TABLE b (id int);");

    assertThat(ids()).containsExactly("1", "2");
    assertThat(found().ledgerLocation().table()).isEqualTo("mine");
  }

  @Test
  void aBrokenFileIsOneSentence() {
    write("src/main/resources/application.yml", "spring:", "  flyway: [unfinished");

    assertThatThrownBy(this::found)
        .isInstanceOf(StampguardException.class)
        .hasMessage("`src/main/resources/application.yml` is not a settings file");
  }

  @Test
  void quarkussSettingsAreRead() {
    write(
        "src/main/resources/application.properties",
        "quarkus.datasource.jdbc.url=jdbc:postgresql://localhost/quarkus",
        "quarkus.datasource.username=app",
        "quarkus.flyway.migrate-at-start=true",
        "quarkus.flyway.table=quarkus_history",
        "quarkus.flyway.placeholders.owner=me");
    write("src/main/resources/db/migration/V1__a.sql", "CREATE TABLE ${owner} (id int);");

    assertThat(found().ledgerLocation().table()).isEqualTo("quarkus_history");
    assertThat(url(Map.of())).hasValue("jdbc:postgresql://localhost/quarkus?user=app");
    assertThat(found().scripts().operations().get("1").toString()).contains("table=\"\".me");
  }

  @Test
  void scriptsInTheUsualPlaceAreEnough() {
    write("src/main/resources/db/migration/V1__a.sql", "CREATE TABLE a (id int);");
    assertThat(ids()).containsExactly("1");
    assertThat(found().ledgerLocation())
        .isEqualTo(new LedgerLocation(Optional.empty(), "flyway_schema_history"));
  }

  @Test
  void aLocationThatIsNotThereIsAnError() {
    write("flyway.conf", "flyway.locations=filesystem:nowhere");
    assertThatThrownBy(this::detect)
        .isInstanceOf(StampguardException.class)
        .hasMessageContaining("`filesystem:nowhere`, where nothing is");
    write("flyway.toml", "[flyway", "x");
    assertThatThrownBy(this::detect).hasMessage("`flyway.toml` is not TOML");
  }

  @Test
  void scriptsAreOrderedAsFlywayRunsThem() {
    write("flyway.conf", "flyway.locations=filesystem:sql");
    for (String name :
        List.of(
            "V10__j.sql",
            "V9__i.sql",
            "V1_10__c.sql",
            "V1.9__b.sql",
            "R__b.sql",
            "R__a.sql",
            "U9__i.sql",
            "afterMigrate.sql")) {
      write("sql/" + name, "SELECT 1;");
    }
    assertThat(ids()).containsExactly("1.9", "1.10", "9", "10", "R__a", "R__b");
    assertThat(found().scripts().graph().heads()).containsExactly("10");
    assertThat(found().scripts().graph().needs("10")).containsExactly("9");
    assertThat(found().scripts().graph().needs("R__a")).isEmpty();
  }

  @Test
  void versionsThatAreTheSameAreAProblem() {
    write("flyway.conf", "flyway.locations=filesystem:sql");
    write("sql/V1__a.sql", "SELECT 1;");
    write("sql/V1.0__b.sql", "SELECT 1;");
    write("sql/Vx__c.sql", "SELECT 1;");

    assertThat(found().scripts().graph().problems())
        .extracting(GraphProblem::kind)
        .containsExactlyInAnyOrder(
            GraphProblem.Kind.DUPLICATE_ID, GraphProblem.Kind.UNREADABLE_SCRIPT);
  }

  @Test
  void aBaselineScriptStandsForWhatIsGone() {
    write("flyway.conf", "flyway.locations=filesystem:sql");
    write("sql/B5__base.sql", "CREATE TABLE a (id int);");
    write("sql/V4__old.sql", "SELECT 1;");
    write("sql/V6__new.sql", "SELECT 1;");
    assertThat(ids()).containsExactly("5", "6");

    write("sql/V5__last.sql", "SELECT 1;");
    assertThat(ids()).containsExactly("4", "5", "6");
  }

  @Test
  void aJavaMigrationIsARevisionThatCannotBeRead() {
    write("src/main/resources/db/migration/V1__a.sql", "CREATE TABLE a (id int);");
    write("src/main/java/db/migration/V2__Fill.java", "class V2__Fill {}");

    assertThat(ids()).containsExactly("1", "2");
    assertThat(found().scripts().operations().get("2"))
        .singleElement()
        .isInstanceOf(SchemaOperation.Unreadable.class);
  }

  @Test
  void classesOfKotlinAndOfEveryWildPlaceAreRevisionsToo() {
    write(
        "src/main/resources/application.properties",
        "quarkus.flyway.locations=classpath:db/**/steps");
    write("src/main/resources/db/a/steps/V1__a.sql", "CREATE TABLE a (id int);");
    write("src/main/kotlin/db/a/steps/V2__Fill.kt", "class V2__Fill");
    write("src/main/java/db/b/c/steps/V3__More.java", "class V3__More {}");
    write("src/main/java/db/V4__Elsewhere.java", "class V4__Elsewhere {}");

    assertThat(ids()).containsExactly("1", "2", "3");
  }

  @Test
  void springsProfilesHoldOverWhatHoldsForAll() {
    write(
        "src/main/resources/application.yml",
        "spring:",
        "  datasource: {url: 'jdbc:postgresql://localhost/all', username: app}",
        "  flyway: {locations: 'classpath:db/all'}");
    write(
        "src/main/resources/application-dev.properties",
        "spring.datasource.url=jdbc:postgresql://localhost/dev");
    write(
        "src/main/resources/application-ci.yml",
        "spring: {flyway: {locations: ['classpath:db/all', 'classpath:db/ci']}}");
    write("src/main/resources/db/all/V1__a.sql", "CREATE TABLE a (id int);");
    write("src/main/resources/db/ci/V2__b.sql", "CREATE TABLE b (id int);");

    assertThat(url(Map.of())).hasValue("jdbc:postgresql://localhost/all?user=app");
    assertThat(url(Map.of("SPRING_PROFILES_ACTIVE", "ci, dev")))
        .hasValue("jdbc:postgresql://localhost/dev?user=app");
    var ci = new FlywayTool(Map.of("SPRING_PROFILES_ACTIVE", "ci"));
    MigrationProject project = ci.detect(this.project).orElseThrow();
    assertThat(project.scripts().graph().revisions())
        .extracting(Revision::id)
        .containsExactly("1", "2");
    assertThat(ids()).containsExactly("1");
    assertThat(ci.settingsFiles()).contains("src/main/resources/application-ci.yml");
  }

  @Test
  void quarkussProfilesArePartsOfKeys() {
    write(
        "src/main/resources/application.properties",
        "quarkus.flyway.locations=classpath:db/all",
        "quarkus.datasource.jdbc.url=jdbc:postgresql://localhost/all",
        "%prod.quarkus.datasource.jdbc.url=jdbc:postgresql://localhost/prod",
        "%{dev,ci}.quarkus.datasource.jdbc.url=jdbc:postgresql://localhost/dev",
        "%ci.quarkus.flyway.default-schema=ci");
    write("src/main/resources/db/all/V1__a.sql", "CREATE TABLE a (id int);");

    assertThat(url(Map.of())).hasValue("jdbc:postgresql://localhost/all");
    assertThat(url(Map.of("QUARKUS_PROFILE", "prod"))).hasValue("jdbc:postgresql://localhost/prod");
    assertThat(url(Map.of("QUARKUS_PROFILE", "ci"))).hasValue("jdbc:postgresql://localhost/dev");
    assertThat(
            new FlywayTool(Map.of("QUARKUS_PROFILE", "ci"))
                .detect(project)
                .orElseThrow()
                .ledgerLocation()
                .schema())
        .hasValue("ci");
    assertThat(found().ledgerLocation().schema()).isEmpty();
  }

  @Test
  void rowsToCopyAreNoSql() {
    write("flyway.conf", "flyway.locations=filesystem:sql");
    write(
        "sql/V1__a.sql",
        "CREATE TABLE a (id int, name text);",
        "COPY a FROM STDIN;",
        "1\tDROP TABLE a;",
        "2\tit's",
        "\\.",
        "CREATE TABLE b (id int);");
    assertThat(found().scripts().operations().get("1"))
        .extracting(operation -> operation.getClass().getSimpleName() + " " + operation.line())
        .containsExactly("CreateTable 1", "CreateTable 6");
  }
}
