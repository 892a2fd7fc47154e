package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.cli.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What other people's pipelines copy: the action does what it says, the snippets are YAML. */
class PipelineFilesTest {
  private static final Path ACTION = Path.of("action.yml");

  @TempDir private Path directory;

  @Test
  void theActionRunsTheProgramAndEndsAsItDoes() throws IOException {
    Shell.Result result =
        run(3, Map.of("url", "postgresql://ci:hunter2@db/app", "sarif", "a b.sarif"));

    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(Files.readString(directory.resolve("calls")))
        .isEqualTo(
            """
            [check] [--project] [.] [--output] [sarif] [-o] [a b.sarif] url=postgresql://ci:hunter2@db/app
            [check] [--project] [.] [--output] [github] url=postgresql://ci:hunter2@db/app
            """);
    assertThat(Files.readString(directory.resolve("output"))).isEqualTo("exit-code=3\n");
    assertThat(result.out() + result.err()).doesNotContain("hunter2");
  }

  @Test
  void theActionPassesArgumentsOnAndRunsNoneOfThem() throws IOException {
    Shell.Result result =
        run(0, Map.of("arguments", "--require-head $(touch x) `id`", "project", "; touch y"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(Files.readString(directory.resolve("calls")))
        .isEqualTo(
            "[check] [--project] [; touch y] [--require-head] [$(touch] [x)] [`id`] [--output] [github]"
                + " url=\n");
    assertThat(directory.resolve("x")).doesNotExist();
    assertThat(directory.resolve("y")).doesNotExist();
  }

  @Test
  void noInputIsTextOfTheScript() throws IOException {
    assertThat(script(action())).doesNotContain("${{");
  }

  @Test
  void everySnippetOfTheGuideIsYaml() throws IOException {
    List<String> snippets =
        Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
            .matcher(Files.readString(Path.of("docs/guide.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(snippets).hasSizeGreaterThanOrEqualTo(2);
    assertThat(snippets).allSatisfy(snippet -> assertThat(parse(snippet)).isInstanceOf(Map.class));
    Map<String, Object> inputs = map(action().get("inputs"));
    String steps = snippets.getFirst();
    assertThat(List.of("url", "arguments", "sarif"))
        .allSatisfy(
            input -> {
              assertThat(steps).contains("      " + input + ": ");
              assertThat(inputs).containsKey(input);
            });
  }

  @Test
  void thePreCommitHookCallsWhatThereIs() throws IOException {
    List<?> hooks = (List<?>) parse(Files.readString(Path.of(".pre-commit-hooks.yaml")));
    assertThat(hooks).hasSize(1);
    Map<String, Object> hook = map(hooks.getFirst());
    assertThat(hook)
        .containsEntry("id", "stampguard")
        .containsEntry("language", "system")
        .containsEntry("pass_filenames", false)
        .containsEntry("stages", List.of("pre-commit", "pre-push"))
        .containsKeys("name", "description", "minimum_pre_commit_version");

    Pattern files = Pattern.compile((String) hook.get("files"));
    assertThat(List.of("stampguard.lock", "a/alembic.ini", "a/versions/b.py", "a/b.sql"))
        .allMatch(name -> files.matcher(name).find());
    assertThat(List.of("README.md", "stampguard.lock.orig"))
        .noneMatch(name -> files.matcher(name).find());

    String[] words = (hook.get("entry") + " --help").split(" ", -1);
    assertThat(words[0]).isEqualTo("stampguard");
    InProcess.Result help =
        InProcess.run(directory, Map.of(), Arrays.copyOfRange(words, 1, words.length));
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--offline");
  }

  /** Runs the action's step as a runner does, with a program that notes how it is called. */
  private Shell.Result run(int exitCode, Map<String, String> inputs) throws IOException {
    Path program = directory.resolve("stampguard");
    Files.writeString(
        program,
        """
        #!/bin/bash
        { for word; do printf '[%%s] ' "$word"; done
          variable=${STAMPGUARD_URL_VARIABLE:-NONE}; echo "url=${!variable}"; } >>calls
        exit %d
        """
            .formatted(exitCode));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    var environment = new HashMap<String, String>();
    map(action().get("inputs"))
        .forEach(
            (name, input) ->
                environment.put(
                    "INPUT_" + name.toUpperCase(Locale.ROOT),
                    inputs.getOrDefault(name, String.valueOf(map(input).get("default")))));
    environment.put("INPUT_BINARY", program.toString());
    environment.put("GITHUB_OUTPUT", directory.resolve("output").toString());
    environment.put("PATH", System.getenv("PATH"));
    return Shell.run(
        directory,
        environment,
        List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(action())));
  }

  private static String script(Map<String, Object> action) {
    List<?> steps = (List<?>) map(action.get("runs")).get("steps");
    return (String) map(steps.getFirst()).get("run");
  }

  private static Map<String, Object> action() throws IOException {
    return map(parse(Files.readString(ACTION)));
  }

  private static Object parse(String yaml) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
  }

  private static Map<String, Object> map(Object node) {
    var map = new HashMap<String, Object>();
    ((Map<?, ?>) node).forEach((key, value) -> map.put(String.valueOf(key), value));
    return map;
  }
}
