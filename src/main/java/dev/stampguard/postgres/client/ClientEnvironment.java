package dev.stampguard.postgres.client;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.util.Map;
import java.util.Optional;

/** The variables PostgreSQL's programs see: those of one target and no others of their kind. */
final class ClientEnvironment {
  /**
   * libpq's parameters and their variables. The encoding of a dump is the database's own, so {@code
   * client_encoding} is left out; parameters without a variable go elsewhere.
   *
   * @see <a href="https://www.postgresql.org/docs/current/libpq-envars.html">libpq</a>
   */
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("application_name", "PGAPPNAME"),
          Map.entry("channel_binding", "PGCHANNELBINDING"),
          Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
          Map.entry("gssdelegation", "PGGSSDELEGATION"),
          Map.entry("gssencmode", "PGGSSENCMODE"),
          Map.entry("gsslib", "PGGSSLIB"),
          Map.entry("krbsrvname", "PGKRBSRVNAME"),
          Map.entry("load_balance_hosts", "PGLOADBALANCEHOSTS"),
          Map.entry("max_protocol_version", "PGMAXPROTOCOLVERSION"),
          Map.entry("min_protocol_version", "PGMINPROTOCOLVERSION"),
          Map.entry("options", "PGOPTIONS"),
          Map.entry("require_auth", "PGREQUIREAUTH"),
          Map.entry("requirepeer", "PGREQUIREPEER"),
          Map.entry("requiressl", "PGREQUIRESSL"),
          Map.entry("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
          Map.entry("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
          Map.entry("sslcert", "PGSSLCERT"),
          Map.entry("sslcertmode", "PGSSLCERTMODE"),
          Map.entry("sslcompression", "PGSSLCOMPRESSION"),
          Map.entry("sslcrl", "PGSSLCRL"),
          Map.entry("sslcrldir", "PGSSLCRLDIR"),
          Map.entry("sslkey", "PGSSLKEY"),
          Map.entry("sslmode", "PGSSLMODE"),
          Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
          Map.entry("sslrootcert", "PGSSLROOTCERT"),
          Map.entry("sslsni", "PGSSLSNI"),
          Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"));

  private ClientEnvironment() {}

  /** Changes an environment that was inherited. */
  static void point(Map<String, String> environment, Optional<Target> target) {
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    // Messages are told apart by their words. LC_ALL would win over LC_MESSAGES.
    Optional.ofNullable(environment.remove("LC_ALL"))
        .ifPresent(locale -> environment.put("LC_CTYPE", locale));
    environment.remove("LANGUAGE");
    environment.put("LC_MESSAGES", "C");
    target.ifPresent(database -> point(environment, database));
  }

  private static void point(Map<String, String> environment, Target target) {
    target.password().map(Secret::reveal).ifPresent(p -> environment.put("PGPASSWORD", p));
    target
        .parameters()
        .forEach(
            (parameter, value) -> {
              String variable = VARIABLES.get(parameter);
              if (variable != null) {
                environment.put(variable, value);
              }
            });
  }
}
