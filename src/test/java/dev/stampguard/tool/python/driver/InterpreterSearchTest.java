package dev.stampguard.tool.python.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that answer as Python would, so that no Python is needed. */
class InterpreterSearchTest {
  private static final String HAS_ALEMBIC = "#!/bin/sh\necho ok\n";
  private static final String HAS_NONE = "#!/bin/sh\necho has no module alembic\n";

  @TempDir Path directory;

  @Test
  void theVirtualEnvironmentInUseComesFirst() throws IOException {
    Path active = program("active/bin/python", HAS_ALEMBIC);
    program("project/.venv/bin/python", HAS_ALEMBIC);
    program("bin/python3", HAS_ALEMBIC);

    assertThat(find(Map.of("VIRTUAL_ENV", directory.resolve("active").toString())))
        .isEqualTo(new Interpreter(active, "$VIRTUAL_ENV"));
  }

  @Test
  void oneThatLacksAlembicGivesWayToTheNext() throws IOException {
    program("project/.venv/bin/python", HAS_NONE);
    Path second = program("project/venv/bin/python", HAS_ALEMBIC);

    var search = search(Map.of());
    assertThat(search.find(Optional.empty())).isEqualTo(new Interpreter(second, "venv"));
    assertThat(search.refusals())
        .containsExactly(
            "`%s` (.venv): has no module alembic"
                .formatted(directory.resolve("project/.venv/bin/python")));
  }

  @Test
  void theFirstLineOfAlembicNamesItsPython() throws IOException {
    Path tool = program("tools/python", HAS_ALEMBIC);
    program("bin/alembic", "#!" + tool + " -s\n");
    program("bin/python3", HAS_ALEMBIC);

    assertThat(find(Map.of())).isEqualTo(new Interpreter(tool, "the first line of `alembic`"));
  }

  @Test
  void aFirstLineTooLongForTheKernelIsUnderstood() throws IOException {
    Path tool = program("tools/python", HAS_ALEMBIC);
    program("bin/alembic", "#!/bin/sh\n'''exec' \"" + tool + "\" \"$0\" \"$@\"\n' '''\n");

    assertThat(find(Map.of()).program()).isEqualTo(tool);
  }

  @Test
  void envInTheFirstLineIsLookedUpOnThePath() throws IOException {
    Path special = program("bin/python-special", HAS_ALEMBIC);
    program("bin/alembic", "#!/usr/bin/env python-special\n");

    assertThat(find(Map.of()).program()).isEqualTo(special);
  }

  @Test
  void theOneThatIsNamedIsTheOnlyOneTried() throws IOException {
    program("bin/python3", HAS_ALEMBIC);
    Path named = program("project/mine", HAS_NONE);

    assertThatThrownBy(() -> search(Map.of()).find(Optional.of("./mine")))
        .isInstanceOfSatisfying(
            StampguardException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "no Python here can run the migrations: `%s` (--python): has no module alembic"
                .formatted(named.getParent().resolve("./mine")));
  }

  @Test
  void withoutAnyPythonThereIsOneSentence() {
    assertThatThrownBy(() -> find(Map.of("VIRTUAL_ENV", "/no/such/environment")))
        .hasMessage(
            "no Python here can run the migrations:"
                + " `/no/such/environment/bin/python` ($VIRTUAL_ENV): not there");
    assertThatThrownBy(() -> find(Map.of()))
        .hasMessage("no Python was found to run the migrations with");
  }

  private Interpreter find(Map<String, String> variables) {
    return search(variables).find(Optional.empty());
  }

  private InterpreterSearch search(Map<String, String> variables) {
    var environment = new HashMap<>(variables);
    environment.put("PATH", directory.resolve("bin").toString());
    return new InterpreterSearch(
        new InterpreterSearch.Wanted("alembic", List.of("alembic")),
        directory.resolve("project"),
        environment);
  }

  private Path program(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
