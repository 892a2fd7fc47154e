package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.service.fleet.Shard;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The example manifest does what it says, as far as that can be seen without a cluster. */
@Timeout(300)
class FleetJobTest {
  private static final Path MANIFEST = Path.of("kubernetes/fleet-job.yaml");

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path project;
  private FleetBench bench;

  @BeforeEach
  void build() {
    bench = new FleetBench(server, project);
  }

  @AfterEach
  void drop() {
    bench.close();
  }

  /**
   * What of the manifest matters here.
   *
   * @param values variables with a value of their own
   * @param secrets variables that a secret fills
   */
  private record Manifest(
      int completions, List<String> args, Map<String, String> values, List<String> secrets) {}

  private static Manifest manifest() throws IOException {
    try (InputStream in = Files.newInputStream(MANIFEST)) {
      Map<?, ?> spec = map(map(new Yaml().<Object>load(in)).get("spec"));
      assertThat(spec.get("completionMode")).isEqualTo("Indexed");
      Map<?, ?> pod = map(map(spec.get("template")).get("spec"));
      Map<?, ?> container = map(list(pod.get("containers")).getFirst());
      List<? extends Map<?, ?>> env =
          list(container.get("env")).stream().map(FleetJobTest::map).toList();
      return new Manifest(
          (Integer) spec.get("completions"),
          list(container.get("args")).stream().map(String.class::cast).toList(),
          env.stream()
              .filter(e -> e.containsKey("value"))
              .collect(Collectors.toMap(e -> (String) e.get("name"), e -> (String) e.get("value"))),
          env.stream()
              .filter(e -> e.containsKey("valueFrom"))
              .map(e -> (String) e.get("name"))
              .toList());
    }
  }

  private static Map<?, ?> map(Object node) {
    return (Map<?, ?>) node;
  }

  private static List<?> list(Object node) {
    return (List<?>) node;
  }

  @Test
  void tellsEachPodHowManyThereAre() throws IOException {
    Manifest manifest = manifest();

    assertThat(manifest.completions()).isGreaterThan(1);
    assertThat(manifest.values())
        .containsEntry(Shard.COUNT_VARIABLE, "" + manifest.completions())
        .doesNotContainKey(Shard.INDEX_VARIABLE);
    assertThat(manifest.secrets()).containsExactly("DATABASE_URL");
    assertThat(manifest.args()).startsWith("check").contains("--output=json");
  }

  @Test
  void theSharesOfAllPodsAreOneWholeRun() throws Exception {
    Manifest manifest = manifest();
    for (int i = 0; i < 9; i++) {
      bench.healthy("t" + i);
    }
    bench.hollow("bad");
    bench.behind("late");
    List<String> args =
        manifest.args().stream()
            .map(arg -> arg.replace("=/project", "=" + project))
            .map(arg -> arg.replace("tenant_*", bench.glob()))
            .toList();
    var pods = new ArrayList<Process>();
    var merged = new ArrayList<String>();
    var exitCodes = new ArrayList<Integer>();
    try {
      for (int index = 0; index < manifest.completions(); index++) {
        pods.add(pod(manifest, index, args));
      }
      for (Process pod : pods) {
        merged.addAll(pod.inputReader().lines().toList());
        exitCodes.add(pod.waitFor());
      }
    } finally {
      pods.forEach(Process::destroyForcibly);
    }

    InProcess.Result whole = bench.check(args.subList(1, args.size()).toArray(String[]::new));
    assertThat(whole.out().lines()).hasSize(11);
    assertThat(merged).containsExactlyInAnyOrderElementsOf(whole.out().lines().toList());
    // One pod found the bad one; the others are done and well.
    assertThat(exitCodes).containsOnlyOnce(whole.exitCode()).contains(0).doesNotContain(1, 2, 5);
  }

  private Process pod(Manifest manifest, int index, List<String> args) throws IOException {
    var command = new ArrayList<String>(Programs.java());
    command.addAll(args);
    var builder = Programs.process(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.putAll(manifest.values());
    manifest.secrets().forEach(name -> environment.put(name, bench.url()));
    environment.put("JOB_COMPLETION_INDEX", "" + index);
    return builder.start();
  }
}
