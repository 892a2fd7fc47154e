package dev.stampguard.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  private static Target target(String url) {
    var defaults = new LibpqDefaults(Map.of(), Path.of("/nowhere"), "me", socket -> false);
    return defaults.complete(DatabaseUrl.parse(url, "here"), "here").target();
  }

  private static StampguardException failure(String url) {
    var failure = catchThrowableOfType(StampguardException.class, () -> target(url));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    return failure;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://u:p@h:5433/d                      | postgresql://u@h:5433/d
          postgres://u:p@h/d                             | postgresql://u@h:5432/d
          POSTGRESQL://h/d                               | postgresql://me@h:5432/d
          postgresql+psycopg2://u@h/d                    | postgresql://u@h:5432/d
          postgresql+psycopg://u@h/d                     | postgresql://u@h:5432/d
          postgresql+asyncpg://u@h/d?prepared_statement_cache_size=0 | postgresql://u@h:5432/d
          postgresql+pg8000://u@h/d                      | postgresql://u@h:5432/d
          postgresql://h                                 | postgresql://me@h:5432/me
          postgresql://u@h                               | postgresql://u@h:5432/u
          postgresql://u@h?sslmode=require               | postgresql://u@h:5432/u
          postgresql://u%40x:p%2F%3A@h/d%20e             | postgresql://u%40x@h:5432/d%20e
          postgresql://u@[::1]:5433/d                    | postgresql://u@[::1]:5433/d
          postgresql://u@[fe80::1%25eth0]/d              | postgresql://u@[fe80::1%25eth0]:5432/d
          postgresql://u@h1:1,h2:2/d                     | postgresql://u@h1:1,h2:2/d
          postgresql://u@h1,[::2],h3:3/d                 | postgresql://u@h1:5432,[::2]:5432,h3:3/d
          postgresql://u@h1,h2/d?port=6000               | postgresql://u@h1:6000,h2:6000/d
          postgresql://u@/d?host=h1:1&host=h2:2          | postgresql://u@h1:1,h2:2/d
          postgresql://u@/d?host=h1,h2&port=1,2          | postgresql://u@h1:1,h2:2/d
          postgresql://u@/d?host=::1                     | postgresql://u@[::1]:5432/d
          postgresql://ignored@h/x?user=u&dbname=d       | postgresql://u@h:5432/d
          postgresql://u@/d?host=/run/pg&port=5433       | postgresql://u@/d?host=/run/pg&port=5433
          postgresql://u@%2Frun%2Fpg/d                   | postgresql://u@/d?host=/run/pg&port=5432
          postgresql:///d                                | postgresql://me@/d?host=/var/run/postgresql&port=5432
          postgresql://                                  | postgresql://me@/me?host=/var/run/postgresql&port=5432
          postgresql://u:a/b?c@h/d                       | postgresql://u@h:5432/d
          postgresql://u:1/2@h/d                         | postgresql://u@h:5432/d
          postgresql://h:5433/d?application_name=a@b     | postgresql://me@h:5433/d
          jdbc:postgresql://h:5433/d?user=u&password=p   | postgresql://u@h:5433/d
          jdbc:postgresql://h1:1,h2:2/d                  | postgresql://me@h1:1,h2:2/d
          jdbc:postgresql:d                              | postgresql://me@localhost:5432/d
          jdbc:postgresql:/                              | postgresql://me@localhost:5432/me
          host=h port=5433 user=u dbname=d               | postgresql://u@h:5433/d
          host = h1,h2 hostaddr=1.2.3.4,::2 dbname = d   | postgresql://me@1.2.3.4:5432,[::2]:5432/d
          dbname='a \\'b\\\\' host=h                     | postgresql://me@h:5432/a%20%27b%5C
          dbname=a\\ b host=h                            | postgresql://me@h:5432/a%20b
          """)
  void readsEveryForm(String url, String described) {
    assertThat(target(url).describe()).isEqualTo(described);
    assertThat(target(" " + url + "\n").describe()).isEqualTo(described);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "psycopg2",
        "psycopg",
        "psycopg_async",
        "psycopg2cffi",
        "asyncpg",
        "pg8000",
        "pygresql",
        "pypostgresql",
        "aiopg"
      })
  void readsUrlsOfEveryDriver(String driver) {
    assertThat(target("postgresql+" + driver + "://u@h/d").describe())
        .isEqualTo("postgresql://u@h:5432/d");
  }

  @Test
  void aDriverThatIsNoneIsToldWithThoseThereAre() {
    for (String url :
        new String[] {"postgresql+anydriver://u:secret@h/d", "jdbc:postgresql+anydriver://h/d"}) {
      StampguardException failure = failure(url);
      assertThat(failure)
          .hasMessage(
              "`here` names the driver `anydriver`, which SQLAlchemy does not have for PostgreSQL");
      assertThat(failure.hint().orElseThrow()).contains("`psycopg2`", "`asyncpg`", "`pg8000`");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://h/d?sslmode=bogus",
        "postgresql+asyncpg://h/d?ssl=bogus",
        "jdbc:postgresql://h/d?sslmode=bogus",
        "postgresql:///d?host=/run/pg&sslmode=bogus",
        "host=h sslmode=bogus"
      })
  void anSslModeThatDoesNotExistIsAUsageError(String url) {
    StampguardException failure = failure(url);
    assertThat(failure).hasMessage("`here` sets an `sslmode` that does not exist");
    assertThat(failure.hint())
        .contains(
            "it is one of `disable`, `allow`, `prefer`, `require`, `verify-ca`, `verify-full`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full", "REQUIRE"})
  void everySslModeIsTaken(String mode) {
    assertThat(target("postgresql://h/d?sslmode=" + mode).parameters())
        .containsEntry("sslmode", mode.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://u:p%2Fw@h/d                   | p/w
          postgresql://u:a+b@h/d                     | a+b
          postgresql://u:a:b@h/d                     | a:b
          postgresql://u:a/b?c@h/d                   | a/b?c
          postgresql://u@h/d?password=a+b            | a+b
          postgresql+psycopg2://u@h/d?password=a+b   | a b
          postgresql+psycopg2://u:100%@h/d           | 100%
          jdbc:postgresql://h/d?password=a+b%2B      | a b+
          password='it\\'s' host=h                   | it's
          """)
  void readsThePassword(String url, String password) {
    assertThat(target(url).password()).contains(new Secret(password));
  }

  @Test
  void keepsLibpqParametersAndDropsADriversOwn() {
    assertThat(
            target(
                    "postgresql+asyncpg://u:p@h/d?sslmode=verify-full&sslrootcert=/ca.pem"
                        + "&options=-c%20search_path%3Dapp&application_name=a&statement_cache_size=0"
                        + "&target_session_attrs=read-write&connect_timeout=3&flag")
                .parameters())
        .isEqualTo(
            Map.of(
                "sslmode", "verify-full",
                "sslrootcert", "/ca.pem",
                "options", "-c search_path=app",
                "application_name", "a",
                "target_session_attrs", "read-write",
                "connect_timeout", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql+asyncpg://h/d?ssl=require          | sslmode              | require
          postgresql://h/d?ssl=true                     | sslmode              | require
          postgresql://h/d?sslmode=disable&ssl=true     | sslmode              | disable
          jdbc:postgresql://h/d?ssl=true                | sslmode              | verify-full
          jdbc:postgresql://h/d?ApplicationName=x       | application_name     | x
          jdbc:postgresql://h/d?connectTimeout=4        | connect_timeout      | 4
          jdbc:postgresql://h/d?currentSchema=a,b%20c   | options              | -c search_path=a,b\\ c
          jdbc:postgresql://h/d?targetServerType=master | target_session_attrs | primary
          """)
  void translatesADriversWordForALibpqParameter(String url, String name, String value) {
    assertThat(target(url).parameters()).containsEntry(name, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                               | it is empty
          hunter2                          | it does not start with `postgresql://`
          u:hunter2@h/d                    | it does not start with `postgresql://`
          postgresql:u:hunter2@h           | `//` is missing after `postgresql:`
          postgresql:/hunter2              | `//` is missing after `postgresql:`
          postgresql://u:hunter2           | the port is not a number from 1 to 65535
          postgresql://u:hunter2/d         | the port is not a number from 1 to 65535
          postgresql://u:hunter2@h:x/d     | the port is not a number from 1 to 65535
          postgresql://u:hunter2@h:0/d     | the port is not a number from 1 to 65535
          postgresql://u:hunter2@h:65536/d | the port is not a number from 1 to 65535
          postgresql://u:hunter2@::1/d     | after the host comes `:PORT`, and an IPv6 address needs `[]`
          postgresql://u:hunter2@[::1/d    | after the host comes `:PORT`, and an IPv6 address needs `[]`
          postgresql://u:p@hunter2@h/d     | an `@` in a user name or password must be written `%40`
          postgresql://u:p@/hunter2@h/d    | an `@` in a user name or password must be written `%40`
          postgresql://u:hunter2%zz@h/d    | a `%` must be followed by two hexadecimal digits, and be written `%25` itself
          postgresql://u:hunter2%00@h/d    | a `%` must be followed by two hexadecimal digits, and be written `%25` itself
          postgresql://u:hunter2%ff@h/d    | a `%` must be followed by two hexadecimal digits, and be written `%25` itself
          postgresql://u:hunter2@h1,h2,h3/d?port=1,2 | it names 3 hosts and 2 ports
          host=h1,h2 hostaddr=1.1.1.1 password=hunter2 | it names 2 hosts and 1 addresses
          host=h password                  | a word is not followed by `=`, or a value with blanks needs single quotes
          host=h password=hunter2 three    | a word is not followed by `=`, or a value with blanks needs single quotes
          host=h password='hunter2         | a quoted value has no end
          host=h hunter2=x                 | it sets something that is not a libpq connection parameter
          """)
  void saysWhatIsWrongWithoutRepeatingIt(String url, String problem) {
    var failure = failure(url);

    assertThat(failure)
        .hasMessage("`here` does not hold a database URL that can be read: " + problem);
    assertThat(failure.getMessage() + failure.hint()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hunter2@h/d",
        "mysql+pymysql://u:hunter2@h/d",
        "MySQL://u:hunter2@h/d",
        "jdbc:mysql://u:hunter2@h/d"
      })
  void anotherDialectIsNamed(String url) {
    var failure = failure(url);

    assertThat(failure)
        .hasMessage("`here` names a `mysql` database, and stampguard reads PostgreSQL only");
    assertThat(failure.getMessage() + failure.hint()).doesNotContain("hunter2");
  }

  @Test
  void aFileDatabaseIsAnotherDialectToo() {
    assertThat(failure("sqlite:///app.db"))
        .hasMessage("`here` names a `sqlite` database, and stampguard reads PostgreSQL only");
  }

  @Test
  void nothingOfAPasswordPrints() {
    var target = target("postgresql://u:hunter2@h/d?sslpassword=hunter2");

    assertThat(target + " " + target.password() + " " + DatabaseUrl.parse("password=hunter2", "x"))
        .doesNotContain("hunter2");
    assertThat(target.password()).isEqualTo(Optional.of(new Secret("hunter2")));
  }
}
