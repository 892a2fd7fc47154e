package dev.stampguard.postgres;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Target;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The meaning of what the driver and the server throw, as one sentence and a hint.
 *
 * <p>Decides by SQLSTATE, by the type of the cause and by the server routine that spoke, never by
 * message text alone: servers and driver talk in the language of their locale. Codes: PostgreSQL
 * documentation, appendix A.
 */
public final class SqlErrors {
  private SqlErrors() {}

  /**
   * What went wrong on an open connection.
   *
   * @return an exception to throw; {@link StampguardException#isPassing()} when it is worth waiting
   */
  public static StampguardException translate(SQLException error, Target target) {
    return known(error, target, target.endpoints().getFirst())
        .orElseGet(
            () ->
                new StampguardException(
                    ExitCode.INTERNAL,
                    "`%s` answered with error %s: %s"
                        .formatted(target.database(), state(error), said(error)),
                    null));
  }

  /** What went wrong while opening a connection: no access, whatever the reason. */
  static StampguardException connecting(
      SQLException error, Target target, Target.Endpoint endpoint) {
    return known(error, target, endpoint)
        .orElseGet(
            () ->
                noAccess(
                    "`%s` refused the connection to `%s`: %s"
                        .formatted(where(endpoint), target.database(), said(error)),
                    "correct `%s`".formatted(target.source())));
  }

  /** Whether the endpoint could not be used at all, so that another one may be tried. */
  static boolean isUnreachable(SQLException error) {
    return switch (state(error)) {
      case "08001", "08006", "57P03" -> !EncryptionErrors.is(error);
      default -> false;
    };
  }

  private static Optional<StampguardException> known(
      SQLException error, Target target, Target.Endpoint endpoint) {
    String where = where(endpoint);
    String database = target.database();
    String user = target.user();
    String said = said(error);
    StampguardException meaning =
        switch (state(error)) {
          case "08000", "08001", "08003", "08006" -> unreachable(error, target, endpoint);
          case "08004" -> rejected(error, target, where);
          case "28P01" ->
              noAccess(
                  "the password for role `%s` is wrong on `%s`".formatted(user, where),
                  "correct the password in `%s`".formatted(target.source()));
          case "28000" -> notAuthorized(error, target, where);
          case "3D000" ->
              noAccess(
                  "database `%s` does not exist on `%s`".formatted(database, where),
                  "`%s` lists the databases of that server"
                      .formatted(listDatabases(target, endpoint)));
          case "53300" ->
              noAccess(
                  "`%s` has no connection left for role `%s`".formatted(where, user),
                  "close sessions or raise max_connections, then try again");
          case "57P03" ->
              StampguardException.passing(
                  ExitCode.NO_ACCESS,
                  "`%s` is not accepting connections: %s".formatted(where, said),
                  "wait for it with `--wait 30s`");
          case "57P01", "57P02" ->
              StampguardException.passing(
                  ExitCode.NO_ACCESS,
                  "`%s` ended the connection: %s".formatted(where, said),
                  "wait for it with `--wait 30s`");
          case "42501" ->
              noAccess(
                  "role `%s` may not read `%s`: %s".formatted(user, database, said),
                  "grant role `%s` what is missing, or use another role".formatted(user));
          case "55P03" ->
              StampguardException.passing(
                  ExitCode.REFUSED,
                  "a lock in `%s` was not free in time".formatted(database),
                  "wait for the other session with `--wait 30s`");
          case "57014" ->
              noAccess(
                  "`%s` did not answer in time: %s".formatted(database, said),
                  "give it longer with `--statement-timeout`");
          case "XX000" ->
              StampguardException.passing(
                  ExitCode.REFUSED,
                  "the schema of `%s` is changing: %s".formatted(database, said),
                  "wait for the migration to end with `--wait 30s`");
          default -> null;
        };
    return Optional.ofNullable(meaning);
  }

  private static StampguardException unreachable(
      SQLException error, Target target, Target.Endpoint endpoint) {
    String where = where(endpoint);
    String check = "start the server, or correct the address in `%s`".formatted(target.source());
    if (EncryptionErrors.is(error)) {
      return encryption(target, where, EncryptionErrors.reason(error, target, endpoint));
    }
    if (causeOf(error, UnknownHostException.class).isPresent()) {
      return StampguardException.passing(
          ExitCode.NO_ACCESS,
          "cannot connect to `%s`: the host name is unknown".formatted(where),
          "correct the host in `%s`".formatted(target.source()));
    }
    if (causeOf(error, SocketTimeoutException.class).isPresent()) {
      return StampguardException.passing(
          ExitCode.NO_ACCESS,
          "cannot connect to `%s`: no answer in time".formatted(where),
          "correct the address in `%s`, or give it longer with `--connect-timeout`"
              .formatted(target.source()));
    }
    if (causeOf(error, ConnectException.class).isPresent()) {
      return StampguardException.passing(
          ExitCode.NO_ACCESS,
          "cannot connect to `%s`: no server listens there".formatted(where),
          check);
    }
    String wanted = target.parameters().get("target_session_attrs");
    if (error.getCause() == null && wanted != null) {
      return StampguardException.passing(
          ExitCode.NO_ACCESS,
          "no server of `%s` is %s".formatted(target.source(), wanted),
          "change `target_session_attrs`, or wait for a failover with `--wait 30s`");
    }
    String reason = error.getCause() == null ? said(error) : oneLine(error.getCause().getMessage());
    return StampguardException.passing(
        ExitCode.NO_ACCESS, "cannot connect to `%s`: %s".formatted(where, reason), check);
  }

  /** The driver, not the server, raises this state: it had to give up on the login. */
  private static StampguardException rejected(SQLException error, Target target, String where) {
    String said = said(error);
    if (said.contains("SSL")) {
      return encryption(target, where, said);
    }
    if (target.password().isEmpty()) {
      return noAccess(
          "`%s` wants a password for role `%s`, and none is given".formatted(where, target.user()),
          "set PGPASSWORD or add a line to ~/.pgpass");
    }
    return noAccess("`%s` refused the login: %s".formatted(where, said), null);
  }

  private static StampguardException notAuthorized(
      SQLException error, Target target, String where) {
    String user = target.user();
    return switch (routine(error)) {
      case "InitializeSessionUserId", "InitializeSessionUserIdStandalone" ->
          noAccess(
              "role `%s` cannot log in to `%s`: %s".formatted(user, where, said(error)),
              "correct the role in `%s`".formatted(target.source()));
      case "ClientAuthentication" ->
          noAccess(
              "`%s` lets role `%s` not into database `%s` from here: %s"
                  .formatted(where, user, target.database(), said(error)),
              "add a line to the server's pg_hba.conf and reload it");
      default ->
          noAccess(
              "`%s` refused the login of role `%s`: %s".formatted(where, user, said(error)),
              "correct role and password in `%s`".formatted(target.source()));
    };
  }

  private static StampguardException encryption(Target target, String where, String said) {
    return noAccess(
        "no encrypted connection to `%s`: %s".formatted(where, said),
        "check `sslmode` and `sslrootcert` in `%s`".formatted(target.source()));
  }

  private static StampguardException noAccess(String message, String hint) {
    return new StampguardException(ExitCode.NO_ACCESS, message, hint);
  }

  private static String listDatabases(Target target, Target.Endpoint endpoint) {
    return "psql -h %s -p %s -U %s -l".formatted(endpoint.host(), endpoint.port(), target.user());
  }

  /** The endpoint as a person would write it. */
  static String where(Target.Endpoint endpoint) {
    if (endpoint.isSocket()) {
      return DriverSettings.socketPath(endpoint);
    }
    return DriverSettings.bracketed(endpoint.host()) + ":" + endpoint.port();
  }

  /** The SQLSTATE, empty where the error has none. */
  public static String state(SQLException error) {
    return error.getSQLState() == null ? "" : error.getSQLState();
  }

  /** Whether the connection, or the time for the statement, is over: asking once more is no use. */
  public static boolean isEnd(SQLException error) {
    String state = state(error);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57");
  }

  /**
   * Whether the server merely says no to a statement: it does not know something, it is not
   * permitted, or not valid here.
   */
  public static boolean isRefusal(SQLException error) {
    String state = state(error);
    return state.startsWith("42") || state.startsWith("22") || state.startsWith("0A");
  }

  /** The server's own sentence, or the driver's where the server said nothing. */
  public static String said(SQLException error) {
    return oneLine(
        serverMessage(error).map(ServerErrorMessage::getMessage).orElseGet(error::getMessage));
  }

  /**
   * What the server added to its sentence: which key is a duplicate; empty when it said no more.
   */
  public static Optional<String> detail(SQLException error) {
    return serverMessage(error).map(ServerErrorMessage::getDetail).map(SqlErrors::oneLine);
  }

  private static String routine(SQLException error) {
    return serverMessage(error).map(ServerErrorMessage::getRoutine).orElse("");
  }

  private static Optional<ServerErrorMessage> serverMessage(SQLException error) {
    return error instanceof PSQLException postgres
        ? Optional.ofNullable(postgres.getServerErrorMessage())
        : Optional.empty();
  }

  static <T extends Throwable> Optional<T> causeOf(Throwable error, Class<T> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }

  /** One sentence without a full stop: the first line, whatever the sender appended. */
  private static String oneLine(String message) {
    if (message == null) {
      return "no reason given";
    }
    String line = message.strip().lines().findFirst().orElse("no reason given").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
