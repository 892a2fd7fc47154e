package dev.stampguard.tool.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  @Test
  void everythingThatNamesADatabaseNamesTheScratch() {
    var environment =
        new HashMap<>(
            Map.of(
                "PGHOST", "db.example.org",
                "PGSERVICE", "production",
                "PGPASSWORD", "secret",
                "DATABASE_URL", "postgresql+asyncpg://app:secret@db.example.org/app",
                "REPORTS_URL", "postgres://app@db.example.org/reports",
                "APP_URL", "sqlite:///x",
                "HOME", "/home/me"));

    ChildEnvironment.point(environment, local(), "APP_URL");

    String rest = "://me%40home@/scratch?host=%2Ftmp%2Fs&port=5432";
    assertThat(environment)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("PGHOST", "/tmp/s"),
                Map.entry("PGPORT", "5432"),
                Map.entry("PGUSER", "me@home"),
                Map.entry("PGDATABASE", "scratch"),
                Map.entry("PGAPPNAME", "stampguard"),
                Map.entry("DATABASE_URL", "postgresql+asyncpg" + rest),
                Map.entry("REPORTS_URL", "postgres" + rest),
                Map.entry("APP_URL", "postgresql" + rest),
                Map.entry("HOME", "/home/me"),
                Map.entry("PYTHONDONTWRITEBYTECODE", "1"),
                Map.entry("PYTHONIOENCODING", "utf-8:backslashreplace")));
  }

  @Test
  void aServersUrlHasItsPasswordAndParameters() {
    var server =
        new Target(
            "scratch",
            List.of(new Target.Endpoint("::1", 5433)),
            "app",
            Optional.of(new Secret("p@ss w/rd")),
            Map.of("sslmode", "require"),
            "test");
    assertThat(ChildUrl.of(server, "postgresql"))
        .isEqualTo("postgresql://app:p%40ss%20w%2Frd@[::1]:5433/scratch?sslmode=require");
    assertThat(ChildUrl.of(server, "postgresql+asyncpg"))
        .as("which has no such parameter")
        .isEqualTo("postgresql+asyncpg://app:p%40ss%20w%2Frd@[::1]:5433/scratch");
    var environment = new HashMap<String, String>();
    ChildEnvironment.point(environment, server, "DATABASE_URL");
    assertThat(environment).containsEntry("PGSSLMODE", "require");
  }

  private static Target local() {
    return new Target(
        "scratch",
        List.of(new Target.Endpoint("/tmp/s", 5432)),
        "me@home",
        Optional.empty(),
        Map.of(),
        "test");
  }
}
