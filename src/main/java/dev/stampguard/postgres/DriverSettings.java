package dev.stampguard.postgres;

import dev.stampguard.target.Secret;
import dev.stampguard.target.Target;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Says a target in the driver's words. */
final class DriverSettings {
  /**
   * libpq's parameters that the driver knows too. What else a URL may carry (keepalives, {@code
   * passfile}, {@code client_encoding} …) has no meaning here and is left out.
   */
  private static final Map<String, PGProperty> PARAMETERS =
      Map.of(
          "sslrootcert", PGProperty.SSL_ROOT_CERT,
          "sslcert", PGProperty.SSL_CERT,
          "sslkey", PGProperty.SSL_KEY,
          "sslpassword", PGProperty.SSL_PASSWORD,
          "sslnegotiation", PGProperty.SSL_NEGOTIATION,
          "channel_binding", PGProperty.CHANNEL_BINDING,
          "krbsrvname", PGProperty.KERBEROS_SERVER_NAME,
          "options", PGProperty.OPTIONS);

  private DriverSettings() {}

  static PGSimpleDataSource dataSource(
      Target target, Target.Endpoint endpoint, SessionKind kind, ConnectTimeout timeout)
      throws SQLException {
    var source = new PGSimpleDataSource();
    source.setDatabaseName(target.database());
    source.setUser(target.user());
    target.password().map(Secret::reveal).ifPresent(source::setPassword);
    source.setPortNumbers(new int[] {endpoint.port()});

    for (var parameter : PARAMETERS.entrySet()) {
      String value = target.parameters().get(parameter.getKey());
      if (value != null) {
        source.setProperty(parameter.getValue(), value);
      }
    }
    source.setProperty(PGProperty.APPLICATION_NAME, applicationName(target));
    source.setProperty(PGProperty.TARGET_SERVER_TYPE, kind.driverName());
    // One message per query and nothing prepared: fewer round trips, and PgBouncer may hand every
    // transaction to another server connection.
    source.setProperty(PGProperty.PREFER_QUERY_MODE, "simple");
    // Lets the application name travel in the start-up packet instead of a SET of its own.
    source.setProperty(
        PGProperty.ASSUME_MIN_SERVER_VERSION, Integer.toString(PostgresConnector.OLDEST_MAJOR));
    // libpq tries GSS encryption only when the user holds a ticket; the driver cannot tell.
    source.setProperty(PGProperty.GSS_ENC_MODE, "disable");
    source.setProperty(PGProperty.TCP_KEEP_ALIVE, "true");
    // The connect timeout covers TCP only; a server that accepts and stays silent is caught by the
    // socket timeout, which the connector takes off after login.
    String seconds = Integer.toString(timeout.seconds());
    source.setProperty(PGProperty.CONNECT_TIMEOUT, seconds);
    source.setProperty(PGProperty.SOCKET_TIMEOUT, seconds);

    if (endpoint.isSocket()) {
      source.setServerNames(new String[] {"localhost"});
      source.setProperty(PGProperty.SOCKET_FACTORY, UnixSocketFactory.class.getName());
      source.setProperty(PGProperty.SOCKET_FACTORY_ARG, socketPath(endpoint));
      // As libpq: a local socket is never encrypted.
      source.setProperty(PGProperty.SSL_MODE, "disable");
    } else {
      source.setServerNames(new String[] {bracketed(endpoint.host())});
      source.setProperty(
          PGProperty.SSL_MODE, target.parameters().getOrDefault("sslmode", "prefer"));
    }
    return source;
  }

  static String socketPath(Target.Endpoint endpoint) {
    return endpoint.host() + "/.s.PGSQL." + endpoint.port();
  }

  private static String applicationName(Target target) {
    return target.parameters().getOrDefault("application_name", "stampguard");
  }

  static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
