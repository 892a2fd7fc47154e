package dev.stampguard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.stampguard.cli.InProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The manifests are what Kubernetes takes, as far as that can be seen without a cluster: every
 * field is one that its object has, of its type, and what Kubernetes requires is there.
 */
class KubernetesManifestsTest {
  private static final Path DIRECTORY = Path.of("kubernetes");
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "apps/v1 Deployment", Deployment.class,
          "batch/v1 CronJob", CronJob.class,
          "batch/v1 Job", Job.class);

  @TempDir private Path directory;

  /** Jackson as strict as an API server: the classes would take unknown fields and keep them. */
  private static ObjectMapper strict() {
    return JsonMapper.builder()
        .annotationIntrospector(
            new JacksonAnnotationIntrospector() {
              @Override
              public Boolean hasAnySetter(Annotated annotated) {
                return false;
              }
            })
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                Stream.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)
                    .forEach(shape -> config.setCoercion(shape, CoercionAction.Fail)))
        .build();
  }

  private static HasMetadata parse(String manifest) throws JsonProcessingException {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    ObjectMapper mapper = strict();
    JsonNode tree =
        mapper.valueToTree(new Yaml(new SafeConstructor(options)).<Object>load(manifest));
    String kind = tree.path("apiVersion").asText() + " " + tree.path("kind").asText();
    assertThat(KINDS).containsKey(kind);
    return mapper.treeToValue(tree, KINDS.get(kind));
  }

  static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList();
    }
  }

  @Test
  void thereIsOneForEachUse() throws IOException {
    assertThat(manifests())
        .map(file -> file.getFileName().toString())
        .containsExactly("fleet-job.yaml", "init-container.yaml", "nightly-check.yaml");
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void isWhatKubernetesTakes(Path file) throws IOException {
    HasMetadata object = parse(Files.readString(file));

    assertThat(object.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?");
    switch (object) {
      case Deployment deployment -> {
        Map<String, String> selected = deployment.getSpec().getSelector().getMatchLabels();
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        assertThat(selected).isNotEmpty();
        assertThat(template.getMetadata().getLabels()).containsAllEntriesOf(selected);
        isPod(template.getSpec());
      }
      case Job job -> isJob(job.getSpec());
      case CronJob cron -> {
        assertThat(cron.getSpec().getSchedule().split(" ")).hasSize(5);
        assertThat(cron.getSpec().getConcurrencyPolicy()).isIn("Allow", "Forbid", "Replace");
        isJob(cron.getSpec().getJobTemplate().getSpec());
      }
      default -> throw new AssertionError("not checked: " + object.getKind());
    }
  }

  private static void isJob(JobSpec job) {
    PodSpec pod = job.getTemplate().getSpec();
    assertThat(pod.getRestartPolicy()).isIn("Never", "OnFailure");
    isPod(pod);
    if (job.getPodFailurePolicy() != null) {
      assertThat(pod.getRestartPolicy()).isEqualTo("Never");
      assertThat(job.getPodFailurePolicy().getRules())
          .allSatisfy(
              rule -> {
                assertThat(rule.getAction()).isIn("FailJob", "FailIndex", "Ignore", "Count");
                assertThat(rule.getOnExitCodes().getOperator()).isIn("In", "NotIn");
                assertThat(rule.getOnExitCodes().getValues()).isNotEmpty().isSorted();
                assertThat(pod.getContainers())
                    .map(Container::getName)
                    .contains(rule.getOnExitCodes().getContainerName());
              });
    }
  }

  private static void isPod(PodSpec pod) {
    assertThat(pod.getContainers()).isNotEmpty();
    Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .forEach(
            container -> {
              assertThat(container.getName()).isNotBlank();
              assertThat(container.getImage()).isNotBlank();
              assertThat(container.getEnv())
                  .filteredOn(variable -> variable.getName().equals("DATABASE_URL"))
                  .singleElement()
                  .extracting(EnvVar::getValueFrom)
                  .satisfies(from -> assertThat(from.getSecretKeyRef().getKey()).isEqualTo("url"));
            });
  }

  /** Every word of a manifest is one that the program knows: `--help` after them is all it says. */
  @ParameterizedTest
  @MethodSource("manifests")
  void theProgramKnowsItsArguments(Path file) throws IOException {
    for (Container container : guards(parse(Files.readString(file)))) {
      assertThat(container.getArgs()).contains("--project=/project");
      String[] words =
          Stream.concat(container.getArgs().stream(), Stream.of("--help")).toArray(String[]::new);
      InProcess.Result help = InProcess.run(directory, Map.of(), words);
      assertThat(help.exitCode()).as(help.err()).isZero();
    }
  }

  private static List<Container> guards(HasMetadata object) {
    return switch (object) {
      case Deployment deployment ->
          deployment.getSpec().getTemplate().getSpec().getInitContainers();
      case Job job -> job.getSpec().getTemplate().getSpec().getContainers();
      case CronJob cron ->
          cron.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getContainers();
      default -> throw new AssertionError("not checked: " + object.getKind());
    };
  }

  @Test
  void theReadmesExamplesAreShortFormsOfThem() throws IOException {
    List<String> examples =
        Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    String pod =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers: [{name: shop, image: shop}]
        """;
    List<HasMetadata> parsed = new ArrayList<>();
    for (String example : examples) {
      if (example.startsWith("initContainers:")) {
        parsed.add(parse(pod + example.indent(6)));
      } else if (example.startsWith("apiVersion:")) {
        parsed.add(parse(example));
      }
    }
    assertThat(parsed).hasSize(2);
    for (HasMetadata example : parsed) {
      Container whole = guards(parse(Files.readString(file(example)))).getFirst();
      Container container = guards(example).getFirst();
      assertThat(container.getArgs()).isEqualTo(whole.getArgs());
      assertThat(container.getEnv()).isEqualTo(whole.getEnv());
    }
  }

  private static Path file(HasMetadata example) {
    return DIRECTORY.resolve(
        example instanceof Deployment ? "init-container.yaml" : "nightly-check.yaml");
  }

  /** The test of the test: what an API server refuses is refused here. */
  @ParameterizedTest
  @CsvSource({
    "concurrencyPolicy, concurencyPolicy",
    "backoffLimit: 2, backoffLimit: two",
    "key: url, key: 7",
    "initContainers:, initContainer:",
    "restartPolicy: Never, restartPolicies: [Never]",
  })
  void mistakesAreSeen(String text, String mistake) throws IOException {
    List<String> mistaken =
        manifests().stream()
            .map(KubernetesManifestsTest::read)
            .filter(manifest -> manifest.contains(text))
            .map(manifest -> manifest.replace(text, mistake))
            .toList();
    assertThat(mistaken).isNotEmpty();
    assertThat(mistaken)
        .allSatisfy(
            manifest ->
                assertThatThrownBy(() -> parse(manifest))
                    .isInstanceOf(JsonProcessingException.class));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
