package dev.stampguard.target;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Connection parameters by libpq's keywords, as one source gives them: the form every source is
 * brought to before defaults fill it. Blank values count as not given. {@code host}, {@code
 * hostaddr} and {@code port} may hold comma-separated lists.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">the
 *     keywords</a>
 */
final class ConnectionSettings {
  static final String HOST = "host";
  static final String HOST_ADDRESS = "hostaddr";
  static final String PORT = "port";
  static final String DATABASE = "dbname";
  static final String USER = "user";
  static final String PASSWORD = "password";
  static final String PASSWORD_FILE = "passfile";
  static final String SERVICE = "service";
  static final String SERVICE_FILE = "servicefile";
  static final String SSL_MODE = "sslmode";
  static final String OPTIONS = "options";

  /** What a {@link Target} holds elsewhere, or what only led to it. */
  private static final Set<String> USED_UP =
      Set.of(
          HOST, HOST_ADDRESS, PORT, DATABASE, USER, PASSWORD, PASSWORD_FILE, SERVICE, SERVICE_FILE);

  private static final Set<String> KEPT =
      Set.of(
          """
          application_name channel_binding client_encoding connect_timeout fallback_application_name \
          gssdelegation gssencmode gsslib keepalives keepalives_count keepalives_idle \
          keepalives_interval krbsrvname load_balance_hosts max_protocol_version \
          min_protocol_version oauth_client_id oauth_client_secret oauth_issuer oauth_scope options \
          replication require_auth requirepeer requiressl scram_client_key scram_server_key \
          ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode sslcompression \
          sslcrl sslcrldir sslkey sslkeylogfile sslmode sslnegotiation sslpassword sslrootcert \
          sslsni target_session_attrs tcp_user_timeout"""
              .split("\\s+"));

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> foreign = new LinkedHashMap<>();
  private DatabaseSpot databaseSpot;

  /** Whether libpq knows this keyword. */
  static boolean isKeyword(String name) {
    return USED_UP.contains(name) || KEPT.contains(name);
  }

  /** Sets a value, replacing an earlier one; a blank value changes nothing. */
  void put(String keyword, String value) {
    if (!value.isBlank()) {
      values.put(keyword, value);
    }
  }

  /** Keeps what is not for whoever connects, but for the migration tool that reads the URL. */
  void putForeign(String name, String value) {
    foreign.put(name, value);
  }

  /** What is for the migration tool, by name. */
  Map<String, String> foreign() {
    return Collections.unmodifiableMap(foreign);
  }

  /** Sets the database, as {@link #put}, and keeps in mind which characters of the text say it. */
  void putDatabase(String name, DatabaseSpot spot) {
    if (!name.isBlank()) {
      put(DATABASE, name);
      databaseSpot = spot;
    }
  }

  /** Which characters of the source's text say the database; empty when they do not say it. */
  Optional<DatabaseSpot> databaseSpot() {
    return Optional.ofNullable(databaseSpot);
  }

  /** Whether both say the same of everything but the database. */
  boolean isSameButForDatabase(ConnectionSettings other) {
    var mine = new HashMap<>(values);
    var others = new HashMap<>(other.values);
    mine.remove(DATABASE);
    others.remove(DATABASE);
    return mine.equals(others);
  }

  /** Sets a value that nothing has set yet. */
  void fill(String keyword, String value) {
    if (!values.containsKey(keyword)) {
      put(keyword, value);
    }
  }

  /** Takes over every value that is still open here. */
  void fill(ConnectionSettings defaults) {
    defaults.values.forEach(this::fill);
  }

  Optional<String> get(String keyword) {
    return Optional.ofNullable(values.get(keyword));
  }

  /** The elements of a comma-separated value, blank ones included; empty when it is not given. */
  List<String> list(String keyword) {
    return get(keyword).stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
  }

  /** What remains for the connection once the target's own parts are taken out. */
  Map<String, String> parameters() {
    // Sorted: the order of sources and their defaults must not show.
    var parameters = new TreeMap<>(values);
    parameters.keySet().removeAll(USED_UP);
    return parameters;
  }

  /** Only the keywords: the values may be secrets. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
