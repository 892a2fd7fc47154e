package dev.stampguard.tool.process;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that a project's code sees: everything that says where the database is says the one
 * it runs in, so that code which connects by itself finds no other one there.
 */
public final class ChildEnvironment {
  private static final Pattern URL =
      Pattern.compile("((?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?)://.*");

  /** The variables in which libpq, and asyncpg for some, look for parameters of a connection. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "sslkey", "PGSSLKEY",
          "sslnegotiation", "PGSSLNEGOTIATION",
          "channel_binding", "PGCHANNELBINDING",
          "krbsrvname", "PGKRBSRVNAME",
          "options", "PGOPTIONS",
          "application_name", "PGAPPNAME");

  private ChildEnvironment() {}

  /** Whether a parameter is handed over in a variable. */
  static boolean isVariable(String parameter) {
    return VARIABLES.containsKey(parameter);
  }

  /**
   * Changes an environment that was inherited.
   *
   * @param database the one it runs in
   * @param urlVariable the variable the project reads
   */
  public static void point(Map<String, String> environment, Target database, String urlVariable) {
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.replaceAll(
        (name, value) -> {
          Matcher url = URL.matcher(value);
          return url.matches() ? ChildUrl.of(database, url.group(1)) : value;
        });
    for (String variable : List.of("DATABASE_URL", urlVariable)) {
      // One that names a driver keeps it; a missing or foreign one gets the plain form.
      if (!URL.matcher(environment.getOrDefault(variable, "")).matches()) {
        environment.put(variable, ChildUrl.of(database, "postgresql"));
      }
    }
    Target.Endpoint endpoint = database.endpoints().getFirst();
    environment.put("PGHOST", endpoint.host());
    environment.put("PGPORT", Integer.toString(endpoint.port()));
    environment.put("PGUSER", database.user());
    environment.put("PGDATABASE", database.database());
    environment.put("PGAPPNAME", "stampguard");
    VARIABLES.forEach(
        (parameter, variable) -> {
          String value = database.parameters().get(parameter);
          if (value != null) {
            environment.put(variable, value);
          }
        });
    database.password().map(Secret::reveal).ifPresent(p -> environment.put("PGPASSWORD", p));
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    // Whatever the locale: what scripts print must not make them fail.
    environment.put("PYTHONIOENCODING", "utf-8:backslashreplace");
  }
}
