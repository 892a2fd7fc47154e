package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.StampguardException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DatabaseUrlPropertyTest {
  private static final String SEED = "20251023";
  private static final String MARK = "hunter2";

  private static Target target(String url) {
    var defaults = new LibpqDefaults(Map.of(), Path.of("/nowhere"), "me", socket -> false);
    return defaults.complete(DatabaseUrl.parse(url, "here"), "here").target();
  }

  @Property(seed = SEED, tries = 1000)
  void encodedPartsComeBack(
      @ForAll("schemes") String scheme,
      @ForAll("names") String user,
      @ForAll("names") String password,
      @ForAll("names") String host,
      @ForAll @IntRange(min = 1, max = 65535) int port,
      @ForAll("names") String database,
      @ForAll("names") String application) {
    var target =
        target(
            "%s://%s:%s@%s:%d/%s?%s=%s"
                .formatted(
                    scheme,
                    PercentCoding.encode(user),
                    PercentCoding.encode(password),
                    PercentCoding.encode(host),
                    port,
                    PercentCoding.encode(database),
                    scheme.startsWith("jdbc:") ? "ApplicationName" : "application_name",
                    PercentCoding.encode(application)));

    assertThat(target)
        .isEqualTo(
            new Target(
                database,
                List.of(new Target.Endpoint(host, port)),
                user,
                Optional.of(new Secret(password)),
                Map.of("application_name", application),
                "here"));
  }

  @Property(seed = SEED, tries = 500)
  void quotedConninfoWordsComeBack(
      @ForAll("names") String user,
      @ForAll("names") String password,
      @ForAll("names") String database) {
    var target =
        target(
            "user=%s password = %s dbname=%s host=h"
                .formatted(quoted(user), quoted(password), quoted(database)));

    assertThat(target.user()).isEqualTo(user);
    assertThat(target.password()).contains(new Secret(password));
    assertThat(target.database()).isEqualTo(database);
  }

  @Property(seed = SEED, tries = 500)
  void aDescriptionIsAUrlOfTheSameTarget(
      @ForAll("names") String user,
      @ForAll("names") String database,
      @ForAll("hosts") List<String> hosts,
      @ForAll @IntRange(min = 1, max = 65535) int port) {
    var endpoints = hosts.stream().map(host -> new Target.Endpoint(host, port)).toList();
    var target = new Target(database, endpoints, user, Optional.empty(), Map.of(), "here");

    assertThat(target(target.describe())).isEqualTo(target);
  }

  @Property(seed = SEED, tries = 1000)
  void noPasswordIsEverRepeated(@ForAll("urls") String url, @ForAll("names") String noise) {
    assertNotRepeated(url.formatted(MARK + PercentCoding.encode(noise) + MARK));
  }

  @Property(seed = SEED, tries = 1000)
  void noUnencodedPasswordIsEverRepeated(@ForAll("names") String noise) {
    assertNotRepeated("postgresql://u:%s@h/d".formatted(MARK + noise + MARK));
    assertNotRepeated("postgresql+psycopg2://u:%s@h:5432/d?a=b".formatted(MARK + noise + MARK));
  }

  private static void assertNotRepeated(String text) {
    var failure = catchThrowableOfType(StampguardException.class, () -> target(text));
    String said =
        failure == null ? target(text) + target(text).describe() : failure + " " + failure.hint();

    assertThat(said).doesNotContain(MARK);
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of(
        "postgresql", "postgres", "postgresql+psycopg2", "postgresql+asyncpg", "jdbc:postgresql");
  }

  /** Everything that means something in a URL; a comma separates hosts, so it is not among it. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abz09 :/?#[]@!$&'()*+;=%\"\\<>^`{|}~-._\n\tüß€")
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(name -> name.strip().equals(name) && !name.startsWith("/") && !name.isBlank());
  }

  @Provide
  Arbitrary<List<String>> hosts() {
    return Arbitraries.of(
            "localhost", "db.example.org", "10.0.0.1", "::1", "fe80::1%eth0", "/var/run/postgresql")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  /** Right and wrong ones; the password's place is {@code %s}. */
  @Provide
  Arbitrary<String> urls() {
    return Arbitraries.of(
        "postgresql://u:%s@h/d",
        "postgresql://u:%s@h:port/d",
        "postgresql://u:%s@h:99999/d",
        "postgresql://u:%s@h,i:x/d",
        "postgresql://u:%s@[::1/d",
        "postgresql://u:%s@@h/d",
        "postgresql://u:%s%%zz@h/d",
        "postgresql://u:%s",
        "postgresql://u:%s/d",
        "postgresql:/u:%s@h/d",
        "postgresql+psycopg2://u:%s@h:port/d",
        "jdbc:postgresql://h/d?user=u&password=%s",
        "jdbc:postgresql://h:x/d?user=u&password=%s",
        "mysql://u:%s@h/d",
        "u:%s@h/d",
        "host=h password=%s port=x",
        "host=h password='%s",
        "host=h pasword=%s",
        "host=h password %s");
  }
}
