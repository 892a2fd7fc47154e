package dev.stampguard.scenarios;

import dev.stampguard.testing.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A scenario of one tool, as data: the same six migrations in the tool's own files, a ledger as the
 * tool's own source writes it, and what is wrong. Scenarios below {@code scenarios} are every
 * tool's, those below the tool's folder its own.
 *
 * @param tool how the tool writes files and ledger: {@code tool.properties}
 * @param properties what {@code scenario.properties} says
 */
record SqlFilesScenario(String toolName, String name, Properties tool, Properties properties) {
  private static final String ALL = "1 2 3 4 5 6";

  /** A migration in one tool's form. */
  record Script(String number, String id, String path, String sql, String text) {}

  static List<SqlFilesScenario> all() {
    var all = new ArrayList<SqlFilesScenario>();
    for (Path folder : folders(root())) {
      if (!Files.exists(folder.resolve("tool.properties"))) {
        continue;
      }
      Properties tool = properties(folder.resolve("tool.properties"));
      if (tool.getProperty("create") == null) {
        continue; // Only the tool itself makes databases for it.
      }
      var scenarios = new ArrayList<>(folders(root().resolve("scenarios")));
      scenarios.addAll(folders(folder));
      for (Path scenario : scenarios) {
        Path file = scenario.resolve("scenario.properties");
        if (Files.exists(file)
            && !tool.getProperty("without", "").contains(scenario.getFileName().toString())) {
          all.add(
              new SqlFilesScenario(
                  folder.getFileName().toString(),
                  scenario.getFileName().toString(),
                  tool,
                  properties(file)));
        }
      }
    }
    return all;
  }

  /** A tool's project in which nothing is wrong. */
  static SqlFilesScenario of(String toolName) {
    return new SqlFilesScenario(
        toolName,
        "healthy",
        properties(root().resolve(toolName + "/tool.properties")),
        new Properties());
  }

  String value(String key) {
    return Objects.requireNonNull(tool.getProperty(key), key);
  }

  List<String> repairs() {
    return Arrays.stream(properties.getProperty("repairs", "").split(" "))
        .filter(strategy -> !strategy.isEmpty())
        .toList();
  }

  /** What a person is told as well, word for word. */
  List<String> words() {
    return Arrays.stream(properties.getProperty("says", "").split("\\|"))
        .filter(words -> !words.isEmpty())
        .toList();
  }

  /** Whether the scripts are run as well; where every tool would say the same, one way will do. */
  boolean isReplayed() {
    return !properties.getProperty("replay", "").equals("no");
  }

  /** The expected story, with the tool's own ids. */
  String story(String key) {
    return withIds(
        Optional.ofNullable(properties.getProperty(key))
            .orElseGet(() -> properties.getProperty("expect")));
  }

  /** Programs of ours that stand in for the tool's command line. */
  List<Path> programs() {
    return files(root().resolve(toolName)).stream()
        .filter(file -> file.toString().endsWith(".mjs"))
        .toList();
  }

  String withIds(String text) {
    String result = text;
    for (Script script : scripts()) {
      result = result.replace("{" + script.number() + "}", script.id());
    }
    return result;
  }

  /** The tool's files, as the scenario has them in the end. */
  List<Script> scripts() {
    var scripts = new ArrayList<Script>();
    for (Path file : files(root().resolve("library"))) {
      String fileName = file.getFileName().toString();
      String number = fileName.substring(0, 1);
      var values = new LinkedHashMap<String, String>();
      values.put("n", number);
      values.put("name", fileName.substring(2, fileName.length() - ".sql".length()));
      values.put("concurrently", tool.getProperty("concurrently", "CONCURRENTLY"));
      String sql = replaced(read(file), values);
      String text =
          around("before", number, values)
              + sql.replace(";\nALTER", ";\n" + tool.getProperty("between", "") + "ALTER")
                  .replace(";\nCREATE", ";\n" + tool.getProperty("between", "") + "CREATE")
              + around("after", number, values);
      values.put("id", replaced(tool.getProperty("id"), values));
      scripts.add(
          new Script(
              number, values.get("id"), replaced(tool.getProperty("file"), values), sql, text));
    }
    return scripts;
  }

  private String around(String key, String number, Map<String, String> values) {
    return replaced(
        Optional.ofNullable(tool.getProperty(key + "." + number))
            .orElseGet(() -> tool.getProperty(key, "")),
        values);
  }

  private static String replaced(String text, Map<String, String> values) {
    String result = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      result = result.replace("${" + value.getKey() + "}", value.getValue());
    }
    return result;
  }

  /** Builds the database and, in a directory, the project. */
  void build(PostgresServer server, String database, Path directory) {
    List<Script> scripts = scripts();
    write(directory);
    List<String> ran = List.of(properties.getProperty("ran", ALL).split(" "));
    scripts.stream()
        .filter(script -> ran.contains(script.number()))
        .forEach(
            script ->
                Arrays.stream(script.sql().split("(?m);$"))
                    .filter(sql -> !sql.isBlank())
                    .forEach(sql -> server.execute(database, sql)));
    server.execute(database, tool.getProperty("create"));
    record(server, database, properties.getProperty("recorded", ALL));
    Optional.ofNullable(properties.getProperty("damage"))
        .ifPresent(sql -> server.execute(database, withIds(sql)));
    edit(directory);
  }

  /** Lays the tool's files into a directory. */
  void write(Path directory) {
    scripts().forEach(script -> write(directory.resolve(script.path()), script.text()));
    tool.stringPropertyNames().stream()
        .filter(key -> key.startsWith("with "))
        .forEach(
            key ->
                write(
                    directory.resolve(key.substring("with ".length())),
                    listed(tool.getProperty(key))));
  }

  /** {@code …[entry with ${id}]…} is written once for each script, with a comma between. */
  private String listed(String text) {
    int open = text.indexOf("[[");
    if (open < 0) {
      return text;
    }
    int close = text.indexOf("]]");
    String entry = text.substring(open + 2, close);
    return text.substring(0, open)
        + scripts().stream()
            .map(script -> values(script, entry))
            .collect(Collectors.joining(text.startsWith("{") ? "," : ""))
        + text.substring(close + 2);
  }

  private void edit(Path directory) {
    String edited = properties.getProperty("edited");
    if (edited != null) {
      scripts().stream()
          .filter(script -> script.number().equals(edited))
          .forEach(
              script ->
                  write(
                      directory.resolve(script.path()),
                      script
                          .text()
                          .replace(
                              properties.getProperty("edit.from", "CREATE TABLE"),
                              properties.getProperty("edit.to", "CREATE  TABLE"))));
    }
  }

  /** Writes down what a run of the tool would write down. */
  private void record(PostgresServer server, String database, String numbers) {
    for (String number : numbers.split(" ")) {
      scripts().stream()
          .filter(script -> script.number().equals(number))
          .forEach(script -> server.execute(database, values(script, tool.getProperty("record"))));
    }
  }

  private String values(Script script, String text) {
    List<String> statements =
        Arrays.stream(script.text().split(";\\s*(\\n|$)"))
            .map(String::strip)
            .filter(sql -> !sql.isEmpty())
            .toList();
    return replaced(
        text,
        Map.of(
            "file",
            Path.of(script.path()).getFileName().toString(),
            "statements",
            Integer.toString(statements.size()),
            "quoted",
            statements.stream()
                .map(sql -> "'" + sql.replace("'", "''") + "'")
                .collect(Collectors.joining(", ")),
            "chain",
            chain(script),
            "n",
            script.number(),
            "id",
            script.id(),
            "name",
            script.path().replaceFirst(".*\\d_", "").replaceFirst("[./].*", ""),
            "sha256",
            hash("SHA-256", script.text()),
            "sha384",
            hash("SHA-384", script.text())));
  }

  /** Atlas's: over names and texts of all files up to this one. */
  private String chain(Script last) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Script script : scripts()) {
        digest.update(
            (Path.of(script.path()).getFileName() + script.text())
                .getBytes(StandardCharsets.UTF_8));
        if (script.id().equals(last.id())) {
          break;
        }
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ledger's rows, but for what differs from run to run. */
  List<String> ledger(PostgresServer server, String database) {
    return server.texts(
        database,
        "SELECT concat_ws('|', %s) FROM %s ORDER BY %s"
            .formatted(
                tool.getProperty("columns"),
                tool.getProperty("ledger"),
                tool.getProperty("order", tool.getProperty("columns"))));
  }

  /** The same of a ledger in which the tool itself wrote down all migrations one after another. */
  List<String> healthyLedger(PostgresServer server) {
    String database = server.createDatabase();
    server.execute(database, tool.getProperty("create"));
    record(server, database, properties.getProperty("order.after", ALL));
    Optional.ofNullable(properties.getProperty("healthy"))
        .ifPresent(sql -> server.execute(database, withIds(sql)));
    return ledger(server, database);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties properties(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static List<Path> folders(Path directory) {
    return files(directory).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(
          Objects.requireNonNull(SqlFilesScenario.class.getResource("/sqlfiles"), "no scenarios")
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return toolName + " " + name;
  }
}
