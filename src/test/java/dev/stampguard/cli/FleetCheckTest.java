package dev.stampguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampguard.ExitCode;
import dev.stampguard.testing.DocumentSchema;
import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many databases in one run. */
@Timeout(120)
class FleetCheckTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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

  private static List<String> names(InProcess.Result result) {
    return result.out().lines().map(line -> line.split(" +")[0]).toList();
  }

  private static List<JsonNode> documents(InProcess.Result result) throws IOException {
    var documents = new ArrayList<JsonNode>();
    for (String line : result.out().lines().toList()) {
      assertThat(DocumentSchema.violations(line)).as(line).isEmpty();
      documents.add(MAPPER.readTree(line));
    }
    return documents;
  }

  /** Writes the list of targets and checks it. */
  private InProcess.Result checkList(List<String> urls, String... options) throws IOException {
    Files.writeString(project.resolve("fleet.txt"), "# all of them\n" + String.join("\n", urls));
    var all = new ArrayList<String>(List.of("--targets", "fleet.txt"));
    all.addAll(List.of(options));
    return bench.check(all.toArray(String[]::new));
  }

  @Test
  void everyDatabaseThatFitsIsALineByName() {
    String late = bench.behind("c");
    String good = bench.healthy("b");
    String bad = bench.hollow("a");
    bench.healthy("also_good");

    InProcess.Result result = bench.check("--databases", bench.glob());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(bad)
                    .contains(" inconsistent ")
                    .contains("is recorded at a2 but really at a1 (1 table missing)"),
            line -> assertThat(line).contains("also_good  consistent "),
            line ->
                assertThat(line)
                    .startsWith(good + " ")
                    .endsWith("  consistent    is recorded at a2 and all of it is there"),
            line -> assertThat(line).startsWith(late).contains(" behind ").contains("1 revision"));
    assertThat(result.err())
        .startsWith("stampguard: 4 databases: 1 inconsistent, 2 consistent, 1 behind (")
        .hasLineCount(1);
  }

  @Test
  void healthyOnesEndWithZeroAndQuietSaysNothing() {
    bench.healthy("a");
    bench.healthy("b");

    InProcess.Result result = bench.check("-q", "--databases", bench.glob());

    assertThat(result).isEqualTo(new InProcess.Result(0, "", ""));
    assertThat(bench.check("--databases", bench.glob(), "--require-head").exitCode()).isZero();
  }

  @Test
  void quietPrintsTheBadOnesOnly() {
    bench.healthy("a");
    String bad = bench.hollow("b");

    InProcess.Result result = bench.check("-q", "--databases", bench.glob());

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(names(result)).containsExactly(bad);
    assertThat(result.err()).isEmpty();
    assertThat(bench.check("-q", "--databases", bench.glob(), "--output", "json").out())
        .hasLineCount(1)
        .contains(bad);
  }

  @Test
  void severalPatternsAreGivenRepeatedlyOrWithCommas() {
    String one = bench.healthy("one");
    String two = bench.healthy("two");
    bench.healthy("three");

    assertThat(names(bench.check("--databases", one + "," + two))).containsExactly(one, two);
    assertThat(names(bench.check("--databases", two, "--databases", one.replace("one", "o?e"))))
        .containsExactly(one, two);
  }

  @Test
  void nothingThatFitsIsAMistake() {
    bench.healthy("a");

    InProcess.Result result = bench.check("--databases", "nobody_*");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("stampguard: no database of that server fits `--databases nobody_*`");
  }

  @Test
  void templatesAndScratchDatabasesAreLeftOut() {
    String good = bench.healthy("a");
    String template = bench.healthy("template");
    server.execute("postgres", "ALTER DATABASE " + template + " IS_TEMPLATE true");
    server.createDatabase("stampguard_scratch_fee1_1");
    bench.drops("stampguard_scratch_fee1_1");
    try {
      assertThat(names(bench.check("--databases", bench.glob() + ",stampguard_scratch_fee1_*")))
          .containsExactly(good);
    } finally {
      server.execute("postgres", "ALTER DATABASE " + template + " IS_TEMPLATE false");
    }
  }

  @Test
  void jsonIsADocumentALine() throws IOException {
    String good = bench.healthy("a");
    String bad = bench.hollow("b");

    InProcess.Result result = bench.check("--databases", bench.glob(), "--output", "json");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    List<JsonNode> documents = documents(result);
    assertThat(documents)
        .extracting(d -> d.at("/target/database").asText())
        .containsExactly(good, bad);
    assertThat(documents)
        .extracting(d -> d.path("verdict").asText())
        .containsExactly("consistent", "inconsistent");
    assertThat(documents.getLast().at("/findings/0/objects/0").asText())
        .isEqualTo("table public.notes");
  }

  /** What is remembered of one database must not be told of another. */
  @Test
  void eachDocumentIsWhatACheckOfThatDatabaseAlonePrints() throws IOException {
    for (String name : List.of("a", "b")) {
      bench.healthy(name);
      bench.hollow("hollow_" + name);
      bench.behind("late_" + name);
    }
    String forbidden = bench.healthy("forbidden");
    Files.writeString(project.resolve("stampguard.properties"), "policy.database=*_?\n");

    List<JsonNode> together =
        documents(bench.check("--databases", bench.glob(), "--output", "json"));

    assertThat(together).hasSize(7);
    for (JsonNode document : together) {
      String database = document.at("/target/database").asText();
      JsonNode alone =
          MAPPER.readTree(
              bench.check(Map.of("DATABASE_URL", server.url(database)), "--output", "json").out());
      assertThat(document).as(database).isEqualTo(alone);
      assertThat(document.toString().contains("SG118")).isEqualTo(database.equals(forbidden));
    }
  }

  @Test
  void aFileIsWrittenWhole() throws IOException {
    bench.healthy("a");
    bench.hollow("b");

    InProcess.Result result =
        bench.check("--databases", bench.glob(), "--output", "json", "-o", "fleet.jsonl");

    assertThat(result.out()).isEmpty();
    assertThat(Files.readAllLines(project.resolve("fleet.jsonl"))).hasSize(2);
  }

  @Test
  void aDeadServerAndAMissingDatabaseAreLinesOfTheirOwn() throws IOException {
    String good = bench.healthy("a");
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    InProcess.Result result =
        checkList(
            List.of(
                server.url(good),
                "postgresql://nobody:hunter2@127.0.0.1:" + closed + "/gone",
                server.url("no_such_database")));

    assertThat(result.exitCode()).isEqualTo(ExitCode.NO_ACCESS.code());
    assertThat(result.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "postgresql://postgres@localhost:%d/%s ".formatted(server.port(), good))
                    .contains(" consistent "),
            line ->
                assertThat(line)
                    .startsWith("postgresql://nobody@127.0.0.1:" + closed + "/gone ")
                    .contains("no access")
                    .contains("no server listens there"),
            line -> assertThat(line).contains("no access").contains("`no_such_database`"));
    assertThat(result.out() + result.err()).doesNotContain("hunter2").doesNotContain(":postgres@");
  }

  @Test
  void whatIsProvenWrongOutweighsWhatCannotBeReached() throws IOException {
    String bad = bench.hollow("a");

    InProcess.Result result = checkList(List.of(server.url("no_such_database"), server.url(bad)));

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(result.err()).contains("2 databases: 1 no access, 1 inconsistent");
  }

  @Test
  void aFailureIsADocumentThatNamesItsTarget() throws IOException {
    bench.healthy("a");

    InProcess.Result result =
        checkList(List.of(server.url("no_such_database")), "--output", "json");

    JsonNode document = documents(result).getFirst();
    assertThat(document.at("/target/database").asText()).isEqualTo("no_such_database");
    assertThat(document.at("/target/source").asText()).isEqualTo("fleet.txt:2");
    assertThat(document.at("/error/exit_code").asInt()).isEqualTo(5);
    assertThat(document.at("/schema").isNull()).isTrue();
  }

  @Test
  void aServerThatAcceptsAndSaysNothingDelaysOnlyItself() throws IOException {
    String good = bench.healthy("a");
    String bad = bench.hollow("b");
    var urls = new ArrayList<String>();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 6; i++) {
        urls.add("postgresql://u:hunter2@127.0.0.1:%d/hangs%d".formatted(silent.getLocalPort(), i));
      }
      urls.add(server.url(good));
      urls.add(server.url(bad));
      long start = System.nanoTime();

      InProcess.Result result =
          checkList(urls, "--parallel", "2", "--connect-timeout", "4s", "--output", "json");

      // One after the other, two at a time, they would take 12 s.
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(11);
      List<JsonNode> documents = documents(result);
      assertThat(documents.subList(0, 6))
          .allSatisfy(
              d -> assertThat(d.at("/error/message").asText()).contains("no answer in time"));
      assertThat(documents.get(6).path("verdict").asText()).isEqualTo("consistent");
      assertThat(documents.get(7).path("verdict").asText()).isEqualTo("inconsistent");
      assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS.code());
      assertThat(result.out() + result.err()).doesNotContain("hunter2");
    }
  }

  /** Nobody gets through before three are at the door. */
  @Test
  void soManyAreCheckedAtOnce() throws IOException {
    var urls = new ArrayList<String>();
    try (var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String name : List.of("a", "b", "c")) {
        urls.add(
            server
                .url(bench.healthy(name))
                .replace(":" + server.port() + "/", ":" + door.getLocalPort() + "/"));
      }
      Thread keeper =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      var waiting = List.of(door.accept(), door.accept(), door.accept());
                      waiting.forEach(this::letIn);
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });

      InProcess.Result result = checkList(urls, "--parallel", "3", "--connect-timeout", "20s");

      assertThat(result.exitCode()).as(result.out()).isZero();
      assertThat(keeper.isAlive()).isFalse();
    }
  }

  private void letIn(Socket client) {
    try {
      var inside = new Socket(InetAddress.getLoopbackAddress(), server.port());
      pump(client.getInputStream(), inside.getOutputStream());
      pump(inside.getInputStream(), client.getOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pump(InputStream from, OutputStream to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (to) {
                from.transferTo(to);
              } catch (IOException e) {
                // One side hung up.
              }
            });
  }

  @Test
  void aBadLineOfTheListIsOneSentenceWithoutThePassword() throws IOException {
    String good = bench.healthy("a");

    InProcess.Result result = checkList(List.of(server.url(good), "u:hunter2@host/db"));

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("stampguard: `fleet.txt:3` ").doesNotContain("hunter2");
    assertThat(bench.check("--targets", "no-such-file").err())
        .startsWith("stampguard: `--targets no-such-file` cannot be read");
  }

  @Test
  void sharesTogetherAreTheWhole() throws IOException {
    for (int i = 0; i < 7; i++) {
      bench.healthy("t" + i);
    }
    var merged = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      InProcess.Result share = bench.check("--databases", bench.glob(), "--shard", i + "/3");
      assertThat(share.exitCode()).as(share.err()).isZero();
      assertThat(share.err()).contains("(share " + i + "/3): ");
      merged.addAll(share.out().lines().map(line -> line.replaceAll(" +", " ")).toList());
    }

    assertThat(merged)
        .containsExactlyInAnyOrderElementsOf(
            bench
                .check("--databases", bench.glob())
                .out()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList());
    assertThat(
            bench
                .check(
                    Map.of("JOB_COMPLETION_INDEX", "1", "JOB_COMPLETIONS", "3"),
                    "--databases",
                    bench.glob())
                .out())
        .isEqualTo(bench.check("--databases", bench.glob(), "--shard", "1/3").out());
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    bench.healthy("a");

    for (String[] options :
        new String[][] {
          {"--databases", "*", "--targets", "fleet.txt"},
          {"--parallel", "2"},
          {"--shard", "0/2"},
          {"--databases", "*", "--parallel", "0"},
          {"--databases", "*", "--shard", "2/2"},
          {"--databases", "*", "--scratch", "auto"}
        }) {
      InProcess.Result result = bench.check(options);
      assertThat(result.exitCode()).as(List.of(options).toString()).isEqualTo(2);
      assertThat(result.err()).contains("\n\nhint: ");
    }
  }

  /** Of one database this is a finding; of many it is about none of them in particular. */
  @Test
  void sourcesThatDisagreeAreToldOnce() throws IOException {
    bench.healthy("a");
    bench.healthy("b");
    Files.writeString(project.resolve(".env"), "DATABASE_URL=postgresql://elsewhere/x\n");

    InProcess.Result result = bench.check("--databases", bench.glob(), "--fail-on", "warning");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).containsOnlyOnce("elsewhere").hasLineCount(2);
    assertThat(bench.check("-q", "--databases", bench.glob()).err()).isEmpty();
  }

  @Test
  void aSingleCheckInAnIndexedJobIsJustACheck() {
    bench.healthy("a");

    assertThat(bench.check(Map.of("JOB_COMPLETION_INDEX", "1")))
        .isEqualTo(new InProcess.Result(0, "", ""));
  }
}
