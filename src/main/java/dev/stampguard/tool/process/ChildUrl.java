package dev.stampguard.tool.process;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a target as SQLAlchemy, libpq and JDBC read it. */
public final class ChildUrl {
  /** Not made on top of libpq: they take none of its parameters. */
  private static final Pattern OTHER = Pattern.compile(".*\\+(?:asyncpg|pg8000)");

  private ChildUrl() {}

  /**
   * The URL with its password: for an environment only.
   *
   * @param scheme what stands before {@code ://}, for example {@code postgresql+asyncpg}
   */
  static String of(Target target, String scheme) {
    Optional<String> password = target.password().map(Secret::reveal);
    return scheme.startsWith("jdbc:") ? jdbc(target, password) : of(target, scheme, password);
  }

  /** The URL without its password, which whoever is connected finds in {@code PGPASSWORD}. */
  public static String withoutPassword(Target target) {
    return of(target, "postgresql", Optional.empty());
  }

  /** The driver knows nothing of sockets: of such a server it gets the port of this machine. */
  private static String jdbc(Target target, Optional<String> password) {
    Target.Endpoint endpoint = target.endpoints().getFirst();
    String host = endpoint.isSocket() ? "localhost" : endpoint.host();
    return "jdbc:postgresql://%s:%s/%s?user=%s%s"
        .formatted(
            host.contains(":") ? "[" + host + "]" : host,
            endpoint.port(),
            encode(target.database()),
            encode(target.user()),
            password.map(p -> "&password=" + encode(p)).orElse(""));
  }

  private static String of(Target target, String scheme, Optional<String> password) {
    Target.Endpoint endpoint = target.endpoints().getFirst();
    String user = encode(target.user()) + password.map(p -> ":" + encode(p)).orElse("");
    Stream<Map.Entry<String, String>> parameters =
        target.parameters().entrySet().stream()
            .filter(parameter -> isTaken(scheme, parameter.getKey()));
    String place = endpoint.host() + ":" + endpoint.port();
    if (endpoint.isSocket()) {
      place = "";
      parameters =
          Stream.concat(
              Stream.of(
                  Map.entry("host", endpoint.host()),
                  Map.entry("port", Integer.toString(endpoint.port()))),
              parameters);
    } else if (endpoint.host().contains(":")) {
      place = "[" + endpoint.host() + "]:" + endpoint.port();
    }
    String query =
        parameters
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return "%s://%s@%s/%s%s"
        .formatted(
            scheme, user, place, encode(target.database()), query.isEmpty() ? "" : "?" + query);
  }

  private static boolean isTaken(String scheme, String parameter) {
    return !(OTHER.matcher(scheme).matches() && ChildEnvironment.isVariable(parameter));
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
