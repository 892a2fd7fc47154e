package dev.stampguard.target;

import dev.stampguard.StampguardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what follows {@code scheme://}: role, hosts, database and parameters. */
final class UrlParser {
  private static final String HOST_AND_PORT = "(?:\\[[^\\]]*\\]|[^:,@\\[\\]]*)(?::[0-9]*)?";
  private static final Pattern HOSTS =
      Pattern.compile(HOST_AND_PORT + "(?:," + HOST_AND_PORT + ")*");

  private final String text;
  private final String source;
  private final UrlGrammar grammar;
  private final int offset;
  private final ConnectionSettings settings = new ConnectionSettings();

  /**
   * @param text what follows the scheme
   * @param source where it stands, for messages
   * @param grammar whose reading counts
   * @param offset how many characters of the source's text stand before it
   */
  UrlParser(String text, String source, UrlGrammar grammar, int offset) {
    this.text = text;
    this.source = source;
    this.grammar = grammar;
    this.offset = offset;
  }

  ConnectionSettings parse() {
    int at = credentialsEnd();
    if (at >= 0) {
      readCredentials(text.substring(0, at));
    }
    String rest = text.substring(at + 1);
    int question = rest.indexOf('?');
    String location = question < 0 ? rest : rest.substring(0, question);
    if (location.indexOf('@') >= 0) {
      throw malformed("an `@` in a user name or password must be written `%40`");
    }
    int slash = location.indexOf('/');
    if (slash >= 0) {
      settings.putDatabase(
          decode(location.substring(slash + 1)),
          spot(at + 1 + slash + 1, at + 1 + location.length()));
    }
    readHosts(slash < 0 ? location : location.substring(0, slash));
    if (question >= 0) {
      readQuery(at + 1 + question + 1);
    }
    if (grammar == UrlGrammar.JDBC) {
      // pgjdbc looks at no PG* variable for these two.
      settings.fill(ConnectionSettings.HOST, "localhost");
      settings.fill(ConnectionSettings.PORT, "5432");
    }
    return settings;
  }

  /**
   * The index of the {@code @} behind user and password, or -1. A password may hold {@code /} and
   * {@code ?} as they are, because SQLAlchemy allows it; a query may hold an {@code @} as well.
   */
  private int credentialsEnd() {
    int at = text.indexOf('@');
    int authorityEnd = firstOf('/', '?');
    if (at < authorityEnd) {
      return at;
    }
    String authority = text.substring(0, authorityEnd);
    int question = text.indexOf('?');
    boolean inPath = question < 0 || at < question;
    boolean raw = authority.indexOf(':') >= 0 && (inPath || !HOSTS.matcher(authority).matches());
    return raw ? at : -1;
  }

  private int firstOf(char one, char other) {
    int i = 0;
    while (i < text.length() && text.charAt(i) != one && text.charAt(i) != other) {
      i++;
    }
    return i;
  }

  private void readCredentials(String credentials) {
    int colon = credentials.indexOf(':');
    if (colon >= 0) {
      settings.put(ConnectionSettings.PASSWORD, decode(credentials.substring(colon + 1)));
    }
    settings.put(
        ConnectionSettings.USER, decode(colon < 0 ? credentials : credentials.substring(0, colon)));
  }

  private void readHosts(String authority) {
    var hosts = new ArrayList<HostAndPort>();
    for (String element : authority.split(",", -1)) {
      HostAndPort host =
          HostAndPort.parse(element)
              .orElseThrow(
                  () -> malformed("after the host comes `:PORT`, and an IPv6 address needs `[]`"));
      hosts.add(new HostAndPort(decode(host.name()), host.port()));
    }
    apply(hosts);
  }

  private void readQuery(int start) {
    var hosts = new ArrayList<HostAndPort>();
    int end = start - 1;
    for (String pair : text.substring(start).split("&")) {
      end += 1 + pair.length();
      int equals = pair.indexOf('=');
      String name = decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decodeQuery(pair.substring(equals + 1));
      if (name.equals(ConnectionSettings.HOST) && grammar != UrlGrammar.JDBC) {
        for (String element : value.split(",", -1)) {
          // Here libpq takes an IPv6 address without brackets.
          hosts.add(HostAndPort.parse(element).orElse(new HostAndPort(element, "")));
        }
      } else if (name.equals(ConnectionSettings.DATABASE) && grammar != UrlGrammar.JDBC) {
        settings.putDatabase(value, spot(end - pair.length() + equals + 1, end));
      } else {
        grammar.apply(settings, name, value);
      }
    }
    apply(hosts);
  }

  private void apply(List<HostAndPort> hosts) {
    settings.put(
        ConnectionSettings.HOST,
        hosts.stream().map(HostAndPort::name).collect(Collectors.joining(",")));
    if (hosts.stream().anyMatch(host -> !host.port().isEmpty())) {
      settings.put(
          ConnectionSettings.PORT,
          hosts.stream().map(HostAndPort::port).collect(Collectors.joining(",")));
    }
  }

  private DatabaseSpot spot(int start, int end) {
    return new DatabaseSpot(offset + start, offset + end, DatabaseSpot.Form.URL);
  }

  private String decode(String part) {
    return grammar.decode(part).orElseThrow(this::malformedEncoding);
  }

  private String decodeQuery(String part) {
    return grammar.decodeQuery(part).orElseThrow(this::malformedEncoding);
  }

  private StampguardException malformedEncoding() {
    return malformed(
        "a `%` must be followed by two hexadecimal digits, and be written `%25` itself");
  }

  private StampguardException malformed(String problem) {
    return DatabaseUrl.malformed(source, problem);
  }

  /** One element of a list of hosts; either part may be blank. */
  private record HostAndPort(String name, String port) {
    private static final Pattern FORM =
        Pattern.compile("(?:\\[(?<address>[^\\]]+)]|(?<name>[^:\\[\\]]*))(?::(?<port>[^:]*))?");

    static Optional<HostAndPort> parse(String element) {
      Matcher matcher = FORM.matcher(element);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String address = matcher.group("address");
      String port = matcher.group("port");
      return Optional.of(
          new HostAndPort(
              address == null ? matcher.group("name") : address, port == null ? "" : port));
    }
  }
}
