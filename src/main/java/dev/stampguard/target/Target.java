package dev.stampguard.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The database a run uses, completely resolved: defaults, PG* variables, {@code .pgpass} and
 * service file already applied.
 *
 * @param database its name
 * @param endpoints where its server listens, tried in order; never empty
 * @param user the role to connect as
 * @param password empty when none is known
 * @param parameters libpq parameters that remain, for example {@code sslmode}, by name
 * @param source where the choice came from, for example {@code .env:3 DATABASE_URL}
 */
public record Target(
    String database,
    List<Endpoint> endpoints,
    String user,
    Optional<Secret> password,
    Map<String, String> parameters,
    String source) {
  public Target {
    Objects.requireNonNull(database);
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("a target needs an endpoint");
    }
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    Objects.requireNonNull(source);
  }

  /**
   * The target as one URL for a person: {@code postgresql://user@host:port/database}, never with a
   * password. A local socket shows as {@code
   * postgresql://user@/database?host=/directory&port=5432}.
   */
  public String describe() {
    String role = PercentCoding.encode(user);
    String name = PercentCoding.encode(database);
    if (endpoints.stream().anyMatch(Endpoint::isSocket)) {
      return "postgresql://%s@/%s?host=%s&port=%s"
          .formatted(
              role,
              name,
              join(endpoint -> PercentCoding.encode(endpoint.host(), "/:")),
              join(endpoint -> Integer.toString(endpoint.port())));
    }
    return "postgresql://%s@%s/%s".formatted(role, join(Target::authority), name);
  }

  private String join(Function<Endpoint, String> part) {
    return endpoints.stream().map(part).collect(Collectors.joining(","));
  }

  private static String authority(Endpoint endpoint) {
    String host = endpoint.host();
    String encoded = PercentCoding.encode(host, ":");
    String shown = host.contains(":") ? "[" + encoded + "]" : encoded;
    return shown + ":" + endpoint.port();
  }

  /** As {@link #describe()}: parameters may hold secrets too, so they never print by accident. */
  @Override
  public String toString() {
    return describe();
  }

  /** The same server and role, another database. */
  public Target withDatabase(String other, String otherSource) {
    return new Target(other, endpoints, user, password, parameters, otherSource);
  }

  /** Whether every endpoint is a local socket or a loopback address; no name is looked up. */
  public boolean isOnThisMachine() {
    return endpoints.stream().allMatch(endpoint -> endpoint.isSocket() || endpoint.isLoopback());
  }

  /** The same by one of its endpoints only. */
  public Target at(Endpoint endpoint) {
    return new Target(database, List.of(endpoint), user, password, parameters, source);
  }

  /**
   * One place a server listens.
   *
   * @param host a host name, an address without brackets, or the absolute directory of a local
   *     socket
   * @param port the port, also part of a local socket's file name
   */
  public record Endpoint(String host, int port) {
    public Endpoint {
      Objects.requireNonNull(host);
    }

    /** Whether this is a local socket. */
    public boolean isSocket() {
      return host.startsWith("/");
    }

    private boolean isLoopback() {
      return host.toLowerCase(Locale.ROOT).equals("localhost")
          || host.equals("::1")
          || host.matches("127(\\.\\d{1,3}){3}");
    }
  }
}
