package dev.stampguard.service.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.repair.Hazard;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.PlanDraft;
import dev.stampguard.repair.plan.RepairStep;
import dev.stampguard.service.KnownTools;
import dev.stampguard.target.Target;
import dev.stampguard.tool.MigrationProject;
import dev.stampguard.tool.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts of every family say of transactions themselves, without any database. */
class ForeseenTest {
  private static final QualifiedName LEDGER = new QualifiedName("public", "ledger");

  @TempDir private Path directory;

  private void write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A project with one revision.
   *
   * @param isAlone whether that says that it runs outside of a transaction
   */
  private void project(String tool, boolean isAlone) {
    switch (tool) {
      case "alembic" -> {
        write("alembic.ini", "[alembic]\nscript_location = migrations\n");
        write("migrations/env.py", "");
        write(
            "migrations/versions/r1.py",
            """
            from alembic import op

            revision = "r1"
            down_revision = None


            def upgrade():
                # not in an autocommit_block()
                with op.get_context().%s():
                    op.execute("SELECT 1")
            """
                .formatted(isAlone ? "autocommit_block" : "begin_transaction"));
      }
      case "django" -> {
        write(
            "manage.py",
            "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n");
        write("settings.py", "INSTALLED_APPS = ['shop']\n");
        write("shop/__init__.py", "");
        write("shop/migrations/__init__.py", "");
        write(
            "shop/migrations/0001_initial.py",
            """
            from django.db import migrations


            class Migration(migrations.Migration):
                %s
                operations = [
                    migrations.RunSQL("SELECT 1"),
                    migrations.RunPython(print, atomic=False),
                ]
            """
                .formatted(isAlone ? "atomic = False" : "initial = True"));
      }
      case "flyway" -> {
        write("flyway.conf", "flyway.locations=filesystem:sql\n");
        write(
            "sql/V1__one.sql",
            "CREATE INDEX %s i ON t (c);\n".formatted(isAlone ? "CONCURRENTLY" : ""));
      }
      case "goose" ->
          write(
              "migrations/00001_one.sql",
              (isAlone ? "-- +goose NO TRANSACTION\n" : "") + "-- +goose Up\nSELECT 1;\n");
      case "liquibase" -> {
        write("liquibase.properties", "changeLogFile=changelog.sql\n");
        write(
            "changelog.sql",
            "--liquibase formatted sql\n--changeset me:1%s\nSELECT 1;\n"
                .formatted(isAlone ? " runInTransaction:false" : ""));
      }
      case "knex" -> {
        write("knexfile.js", "module.exports = { client: 'pg' }\n");
        write("migrations/20240101090000_one.js", "exports.up = knex => knex.raw('SELECT 1')\n");
      }
      default -> throw new IllegalArgumentException(tool);
    }
  }

  private static RunSettings settings(boolean isAllowed) {
    return new RunSettings(
        Optional.empty(),
        Map.of(),
        isAllowed,
        Map.of(),
        List.of(),
        "DATABASE_URL",
        Duration.ofMinutes(1));
  }

  private List<Hazard> foreseen(boolean isAllowed, boolean isToRun) {
    MigrationProject project =
        KnownTools.all(Map.of()).stream()
            .flatMap(tool -> tool.detect(directory).stream())
            .findFirst()
            .orElseThrow();
    RepairStep run =
        new RepairStep.RunRevision(
            project.scripts().graph().revisions().getLast().id(), "one", true);
    RepairStep stamp = new RepairStep.SetLedger(LEDGER, List.of(), List.of(), "", "");
    var target =
        new Target(
            "mine",
            List.of(new Target.Endpoint("localhost", 5432)),
            "me",
            Optional.empty(),
            Map.of(),
            "test");
    return new Foreseen(project, settings(isAllowed), target)
        .of(
            new PlanDraft(
                Strategy.RESTAMP,
                List.of(PlanDraft.Step.of(isToRun ? run : stamp, Optional.empty())),
                List.of(),
                Set.of()),
            LEDGER,
            false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alembic", "django", "flyway", "goose", "liquibase"})
  void aScriptSaysThatItCommitsByItself(String tool) {
    project(tool, true);
    assertThat(foreseen(false, true)).containsExactly(Hazard.NOT_ATOMIC);
    assertThat(foreseen(false, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alembic", "django", "flyway", "goose", "liquibase"})
  void anOrdinaryScriptJoins(String tool) {
    project(tool, false);
    assertThat(foreseen(false, true)).isEmpty();
  }

  @Test
  void aProgramCommitsByItselfAndIsTheProjectsCode() {
    project("knex", true);
    assertThat(foreseen(true, true)).containsExactly(Hazard.NOT_ATOMIC, Hazard.RUNS_PROJECT_CODE);
    assertThat(foreseen(true, false)).isEmpty(); // Rows are written without it.
  }
}
