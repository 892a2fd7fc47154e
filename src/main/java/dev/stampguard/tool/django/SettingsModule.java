package dev.stampguard.tool.django;

import dev.stampguard.target.ToolUrl;
import dev.stampguard.target.TracedText;
import dev.stampguard.tool.python.Expression;
import dev.stampguard.tool.python.PythonModule;
import dev.stampguard.tool.python.PythonSyntaxException;
import dev.stampguard.tool.python.Statement;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a project's settings plainly say; they are never run for it.
 *
 * @param file as messages name it
 * @param userModel the model of users, as {@code app.Model}
 * @param url where the database is; empty when the settings compute it
 * @param installed what they plainly say of {@code INSTALLED_APPS}
 * @param moved labels of apps whose migrations are elsewhere ({@code MIGRATION_MODULES})
 */
record SettingsModule(
    String file,
    String userModel,
    Optional<ToolUrl> url,
    Set<String> installed,
    Set<String> moved) {
  private static final String USUAL_USER = "auth.User";

  private static final Pattern NAMED =
      Pattern.compile("DJANGO_SETTINGS_MODULE['\"]\\s*,\\s*['\"]([\\w.]+)['\"]");

  private static final SettingsModule NONE =
      new SettingsModule("manage.py", USUAL_USER, Optional.empty(), Set.of(), Set.of());

  /**
   * Reads them.
   *
   * @param manage the project's {@code manage.py}, which names them
   * @param environment whose variable wins over that
   */
  static SettingsModule of(Path manage, Map<String, String> environment) {
    try {
      Matcher named = NAMED.matcher(Files.readString(manage));
      Optional<String> module =
          Optional.ofNullable(environment.get("DJANGO_SETTINGS_MODULE"))
              .filter(name -> !name.isBlank())
              .or(() -> named.find() ? Optional.of(named.group(1)) : Optional.empty());
      if (module.isEmpty()) {
        return NONE;
      }
      Path root = manage.toAbsolutePath().getParent();
      Optional<Path> file = InstalledApps.module(root, module.get());
      return file.isEmpty() ? NONE : read(root, file.get());
    } catch (IOException | PythonSyntaxException e) {
      return NONE; // What is wrong with it is said when it is run.
    }
  }

  private static SettingsModule read(Path root, Path file)
      throws IOException, PythonSyntaxException {
    String path = root.relativize(file).toString().replace('\\', '/');
    var literals = new Literals(PythonModule.parse(Files.readString(file)));
    var apps = new InstalledApps(root);
    apps.read(file, literals.module());
    Optional<Statement.Assign> databases = assigned(literals, "DATABASES");
    return new SettingsModule(
        path,
        apps.text("AUTH_USER_MODEL").filter(text -> text.contains(".")).orElse(USUAL_USER),
        databases.flatMap(
            assign ->
                literals
                    .dictionary(assign.value())
                    .map(all -> all.get("default"))
                    .flatMap(literals::dictionary)
                    .flatMap(settings -> url(literals, settings))
                    .map(
                        url -> {
                          String where = path + ":" + assign.line() + " DATABASES";
                          return new ToolUrl(
                              TracedText.elsewhere(url, where), where, Optional.empty());
                        })),
        apps.names(),
        apps.texts("MIGRATION_MODULES"));
  }

  private static Optional<Statement.Assign> assigned(Literals literals, String name) {
    return literals.module().statements().stream()
        .filter(Statement.Assign.class::isInstance)
        .map(Statement.Assign.class::cast)
        .filter(
            assign ->
                assign.targets().stream()
                    .anyMatch(t -> t instanceof Expression.Name n && n.id().equals(name)))
        .reduce((first, last) -> last);
  }

  /** Only where all of it is written there: half of it would be another database. */
  private static Optional<String> url(Literals literals, Map<String, Expression> settings) {
    Optional<String> engine = text(literals, settings, "ENGINE");
    Optional<String> name = text(literals, settings, "NAME");
    if (engine.filter(e -> e.contains("postg")).isEmpty()
        || name.filter(n -> !n.isEmpty()).isEmpty()
        || !settings.keySet().stream()
            .allMatch(
                key ->
                    key.equals("OPTIONS")
                        || text(literals, settings, key).isPresent()
                        || !Set.of("USER", "PASSWORD", "HOST", "PORT").contains(key))) {
      return Optional.empty();
    }
    String user = text(literals, settings, "USER").orElse("");
    String password = text(literals, settings, "PASSWORD").orElse("");
    String host = text(literals, settings, "HOST").orElse("");
    String port = text(literals, settings, "PORT").orElse("");
    boolean isSocket = host.startsWith("/");
    return Optional.of(
        "postgresql://"
            + (user.isEmpty() ? "" : encode(user))
            + (password.isEmpty() ? "" : ":" + encode(password))
            + (user.isEmpty() ? "" : "@")
            + (isSocket ? "" : host + (port.isEmpty() ? "" : ":" + port))
            + "/"
            + encode(name.get())
            + (isSocket ? "?host=" + encode(host) + (port.isEmpty() ? "" : "&port=" + port) : ""));
  }

  private static Optional<String> text(
      Literals literals, Map<String, Expression> settings, String key) {
    Expression value = settings.get(key);
    if (value == null) {
      return Optional.empty();
    }
    return literals.resolve(value) instanceof Expression.Numeral number
        ? Optional.of(number.text())
        : literals.text(value);
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
