package dev.stampguard.tool.alembic.replay;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables a migration script sees: everything that says where the database is says the
 * scratch database, so that project code which connects by itself cannot reach another one.
 */
final class ChildEnvironment {
  private static final Pattern URL = Pattern.compile("(postgres(?:ql)?(?:\\+\\w+)?)://.*");

  private ChildEnvironment() {}

  /**
   * Changes an environment that was inherited.
   *
   * @param urlVariable the variable the project reads
   */
  static void point(Map<String, String> environment, Target scratch, String urlVariable) {
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.replaceAll(
        (name, value) -> {
          Matcher url = URL.matcher(value);
          return url.matches() ? ScratchUrl.of(scratch, url.group(1)) : value;
        });
    for (String variable : List.of("DATABASE_URL", urlVariable)) {
      // One that names a driver keeps it; a missing or foreign one gets the plain form.
      if (!URL.matcher(environment.getOrDefault(variable, "")).matches()) {
        environment.put(variable, ScratchUrl.of(scratch, "postgresql"));
      }
    }
    Target.Endpoint endpoint = scratch.endpoints().getFirst();
    environment.put("PGHOST", endpoint.host());
    environment.put("PGPORT", Integer.toString(endpoint.port()));
    environment.put("PGUSER", scratch.user());
    environment.put("PGDATABASE", scratch.database());
    scratch.password().map(Secret::reveal).ifPresent(p -> environment.put("PGPASSWORD", p));
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    // Whatever the locale: what scripts print must not make them fail.
    environment.put("PYTHONIOENCODING", "utf-8:backslashreplace");
  }
}
