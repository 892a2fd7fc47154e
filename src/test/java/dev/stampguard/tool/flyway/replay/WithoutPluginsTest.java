package dev.stampguard.tool.flyway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.QualifiedName;
import dev.stampguard.target.Target;
import dev.stampguard.tool.sql.run.ScriptBook;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flywaydb.core.extensibility.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native executable knows none of Flyway's plugins, which Flyway finds by name: its parser does
 * the same without them.
 */
class WithoutPluginsTest {
  private static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

  /** All that the parser does by itself: placeholders, strings, bodies, data, what stands alone. */
  private static final String SCRIPT =
      """
      -- A comment; with a semicolon
      CREATE TABLE ${name} (id int, note text DEFAULT 'a;b ${flyway:filename}');
      CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 1; END; $body$;
      INSERT INTO ${name} VALUES (1, E'\\';'), (2, '${flyway:user} ${flyway:table}');
      """;

  @TempDir private Path directory;

  @Test
  void parserNeedsNone() throws Exception {
    List<String> with = new Probe(directory).call();
    assertThat(with).hasSize(3).anyMatch(text -> text.contains("a;b V1__one.sql"));
    assertThat(WithoutPluginsTest.class.getClassLoader().getResources(SERVICES).hasMoreElements())
        .isTrue();

    try (var loader = new WithoutServices()) {
      assertThat(loader.getResources(SERVICES).hasMoreElements()).isFalse();
      Class<?> probe = loader.loadClass(Probe.class.getName());
      assertThat(probe).isNotEqualTo(Probe.class);
      var call = (Callable<?>) probe.getConstructor(Path.class).newInstance(directory);
      assertThat(call.call()).isEqualTo(with);
    }
  }

  /** The same classes once more, beside which no services are named. */
  private static final class WithoutServices extends URLClassLoader {
    WithoutServices() throws Exception {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() throws Exception {
      var places = new ArrayList<URL>();
      for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
        places.add(Path.of(place).toUri().toURL());
      }
      return places.toArray(URL[]::new);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws java.io.IOException {
      return name.startsWith("META-INF/services/org.flywaydb")
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }

  /** Parses the script and tells the statements that it would run. */
  public static final class Probe implements Callable<List<String>> {
    private final Path directory;

    public Probe(Path directory) {
      this.directory = directory;
    }

    @Override
    public List<String> call() throws Exception {
      Path file = directory.resolve("V1__one.sql");
      var place =
          new ScriptBook.Place(
              new Target(
                  "shop",
                  List.of(new Target.Endpoint("localhost", 5432)),
                  "me",
                  Optional.empty(),
                  Map.of(),
                  "here"),
              new QualifiedName("public", "flyway_schema_history"));
      var parsed =
          ParsedScript.of(
              new FlywayScript(file, "V1__one.sql", Optional.of(SCRIPT)),
              new EngineSettings(false, true, "${", "}", Map.of("name", "things")),
              place);
      var run = new ArrayList<String>();
      parsed.run(connection(run), true);
      return run;
    }

    private static Connection connection(List<String> run) {
      return answering(
          Connection.class,
          Map.of("createStatement", answering(Statement.class, Map.of("getUpdateCount", -1), run)),
          run);
    }

    /** Answers these methods, others with nothing, and notes what is executed. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers, List<String> run) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader() == null ? Probe.class.getClassLoader() : type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("execute")) {
                  run.add((String) arguments[0]);
                }
                Class<?> result = method.getReturnType();
                return answers.getOrDefault(
                    method.getName(),
                    result == boolean.class
                        ? (Object) false
                        : result == int.class ? (Object) 0 : null);
              }));
    }
  }
}
