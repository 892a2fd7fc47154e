package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Fills what a source leaves open, as libpq does: from its service, then the PG* variables, then
 * the password file and the built-in defaults.
 *
 * @param variables the environment the program sees, {@code .env} included
 * @param home the user's home directory
 * @param osUser the operating system's name for the user, the default role
 * @param socketExists whether a local socket's file is there
 */
record LibpqDefaults(
    Map<String, String> variables, Path home, String osUser, Predicate<Path> socketExists) {
  private static final int DEFAULT_PORT = 5432;
  private static final int HIGHEST_PORT = 65535;

  /** Where Debian's and PostgreSQL's own builds put their sockets. */
  private static final List<String> SOCKET_DIRECTORIES = List.of("/var/run/postgresql", "/tmp");

  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("PGPORT", ConnectionSettings.PORT),
          Map.entry("PGDATABASE", ConnectionSettings.DATABASE),
          Map.entry("PGUSER", ConnectionSettings.USER),
          Map.entry("PGPASSWORD", ConnectionSettings.PASSWORD),
          Map.entry("PGPASSFILE", ConnectionSettings.PASSWORD_FILE),
          Map.entry("PGOPTIONS", ConnectionSettings.OPTIONS),
          Map.entry("PGAPPNAME", "application_name"),
          Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"),
          Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
          Map.entry("PGSSLMODE", ConnectionSettings.SSL_MODE),
          Map.entry("PGSSLROOTCERT", "sslrootcert"),
          Map.entry("PGSSLCERT", "sslcert"),
          Map.entry("PGSSLKEY", "sslkey"));

  /** A target, and what its password file had to say. */
  record Completed(Target target, Optional<String> warning) {}

  /**
   * Makes a target of what a source says.
   *
   * @param settings what the source says; filled in place
   * @param source where it stands, for messages and for the target
   * @throws StampguardException (usage) when its service is not defined, or its ports or its {@code
   *     sslmode} make no sense
   */
  Completed complete(ConnectionSettings settings, String source) {
    fillFromService(settings, source);
    boolean ownSslMode = settings.get(ConnectionSettings.SSL_MODE).isPresent();
    fillFromVariables(settings);
    requireSslMode(settings, ownSslMode ? source : "PGSSLMODE");
    String user = settings.get(ConnectionSettings.USER).orElse("");
    String database = settings.get(ConnectionSettings.DATABASE).orElse(user);
    List<Server> servers = servers(settings, source);

    Optional<Secret> password = settings.get(ConnectionSettings.PASSWORD).map(Secret::new);
    Optional<String> warning = Optional.empty();
    if (password.isEmpty()) {
      PasswordFile file =
          PasswordFile.read(
              settings
                  .get(ConnectionSettings.PASSWORD_FILE)
                  .map(Path::of)
                  .orElse(home.resolve(".pgpass")));
      warning = file.warning();
      password =
          servers.stream()
              .flatMap(
                  server ->
                      file.lookup(server.name(), server.endpoint().port(), database, user).stream())
              .findFirst();
    }
    var target =
        new Target(
            database,
            servers.stream().map(Server::endpoint).toList(),
            user,
            password,
            settings.parameters(),
            source);
    return new Completed(target, warning);
  }

  /** libpq refuses any other value, local socket or not; its value is not repeated. */
  private static void requireSslMode(ConnectionSettings settings, String place) {
    Optional<String> mode =
        settings.get(ConnectionSettings.SSL_MODE).map(value -> value.toLowerCase(Locale.ROOT));
    if (mode.isEmpty()) {
      return;
    }
    if (!SSL_MODES.contains(mode.get())) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` sets an `sslmode` that does not exist".formatted(place),
          "it is one of `%s`".formatted(String.join("`, `", SSL_MODES)));
    }
    // pgjdbc takes capitals, libpq does not.
    settings.put(ConnectionSettings.SSL_MODE, mode.get());
  }

  /**
   * Fills what a service says.
   *
   * @throws StampguardException (usage) when it is not defined
   */
  void fillFromService(ConnectionSettings settings, String source) {
    settings
        .get(ConnectionSettings.SERVICE)
        .or(() -> Optional.ofNullable(variables.get("PGSERVICE")).filter(name -> !name.isBlank()))
        .ifPresent(
            service ->
                settings.fill(
                    ServiceFile.lookup(
                        service,
                        settings.get(ConnectionSettings.SERVICE_FILE),
                        variables,
                        home,
                        source)));
  }

  /** Fills what PG* variables say, and role and database where nobody says them. */
  void fillFromVariables(ConnectionSettings settings) {
    boolean namesServer =
        settings.get(ConnectionSettings.HOST).isPresent()
            || settings.get(ConnectionSettings.HOST_ADDRESS).isPresent();
    if (!namesServer) {
      // libpq lets PGHOSTADDR lead away from a host that the URL names; a URL's word is final here.
      fill(settings, "PGHOST", ConnectionSettings.HOST);
      fill(settings, "PGHOSTADDR", ConnectionSettings.HOST_ADDRESS);
    }
    VARIABLES.forEach((variable, keyword) -> fill(settings, variable, keyword));
    settings.fill(ConnectionSettings.USER, osUser);
    settings
        .get(ConnectionSettings.USER)
        .ifPresent(user -> settings.fill(ConnectionSettings.DATABASE, user));
  }

  private void fill(ConnectionSettings settings, String variable, String keyword) {
    if (variables.containsKey(variable)) {
      settings.fill(keyword, variables.get(variable));
    }
  }

  private List<Server> servers(ConnectionSettings settings, String source) {
    List<String> names = settings.list(ConnectionSettings.HOST);
    List<String> addresses = settings.list(ConnectionSettings.HOST_ADDRESS);
    List<String> ports = settings.list(ConnectionSettings.PORT);
    int count = Math.max(1, Math.max(names.size(), addresses.size()));
    if (!names.isEmpty() && !addresses.isEmpty() && names.size() != addresses.size()) {
      throw DatabaseUrl.malformed(
          source, "it names %s hosts and %s addresses".formatted(names.size(), addresses.size()));
    }
    if (ports.size() > 1 && ports.size() != count) {
      throw DatabaseUrl.malformed(
          source, "it names %s hosts and %s ports".formatted(count, ports.size()));
    }
    var servers = new ArrayList<Server>();
    for (int i = 0; i < count; i++) {
      int port = port(element(ports, ports.size() == 1 ? 0 : i), source);
      servers.add(server(element(names, i), element(addresses, i), port));
    }
    return servers;
  }

  private static Optional<String> element(List<String> list, int index) {
    return index < list.size()
        ? Optional.of(list.get(index).strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static int port(Optional<String> text, String source) {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(text.get());
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message: the text may be a misplaced password.
    }
    throw DatabaseUrl.malformed(source, "the port is not a number from 1 to " + HIGHEST_PORT);
  }

  private Server server(Optional<String> name, Optional<String> address, int port) {
    String connectTo = address.or(() -> name).orElseGet(() -> socketDirectory(port));
    String known = name.orElse(connectTo);
    return new Server(
        SOCKET_DIRECTORIES.contains(known) ? "localhost" : known, new Endpoint(connectTo, port));
  }

  private String socketDirectory(int port) {
    return SOCKET_DIRECTORIES.stream()
        .filter(directory -> socketExists.test(Path.of(directory, ".s.PGSQL." + port)))
        .findFirst()
        .orElse(SOCKET_DIRECTORIES.getFirst());
  }

  /** An endpoint and the name under which the password file knows it. */
  private record Server(String name, Endpoint endpoint) {}
}
