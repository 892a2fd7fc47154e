package dev.stampguard.tool.python.driver;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a target as SQLAlchemy and libpq read it. Holds the password: for an environment only. */
final class DriverUrl {
  /** Not made on top of libpq: they take none of its parameters. */
  private static final Pattern OTHER = Pattern.compile(".*\\+(?:asyncpg|pg8000)");

  private DriverUrl() {}

  /**
   * The URL.
   *
   * @param scheme what stands before {@code ://}, for example {@code postgresql+asyncpg}
   */
  static String of(Target target, String scheme) {
    Target.Endpoint endpoint = target.endpoints().getFirst();
    String user =
        encode(target.user())
            + target.password().map(Secret::reveal).map(p -> ":" + encode(p)).orElse("");
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
