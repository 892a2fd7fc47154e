package dev.stampguard.postgres.scratch;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.target.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes scratch databases where they may be made. */
public final class Scratches {
  private final PostgresConnector connector;
  private final Optional<ServerPrograms> programs;

  /**
   * @param connector opens the connections
   * @param programs PostgreSQL's server programs on this machine; empty when there are none
   */
  public Scratches(PostgresConnector connector, Optional<ServerPrograms> programs) {
    this.connector = Objects.requireNonNull(connector);
    this.programs = Objects.requireNonNull(programs);
  }

  /**
   * What to make.
   *
   * @param placement where it may be
   * @param target the database it stands in for; empty when there is none
   * @param model what it takes over from the target
   * @param extensions further extensions that scripts take for granted
   */
  public record Request(
      ScratchPlacement placement,
      Optional<Target> target,
      DatabaseModel model,
      List<String> extensions) {
    public Request {
      Objects.requireNonNull(placement);
      Objects.requireNonNull(target);
      Objects.requireNonNull(model);
      extensions = List.copyOf(extensions);
    }

    /** The same with another model. */
    public Request with(DatabaseModel other) {
      return new Request(placement, target, other, extensions);
    }
  }

  /**
   * Makes an empty database.
   *
   * @return empty when there is no place for it
   * @throws StampguardException (no access) when there is a place and it does not work
   */
  public Optional<Scratch> open(Request request) {
    return switch (request.placement()) {
      case ScratchPlacement.Auto a -> auto(request);
      case ScratchPlacement.TargetServer t ->
          Optional.of(onServer(request.target().orElseThrow(Scratches::noTarget), request));
      case ScratchPlacement.At(Target server) -> Optional.of(onServer(server, request));
      case ScratchPlacement.Nowhere n -> Optional.empty();
    };
  }

  private Optional<Scratch> auto(Request request) {
    Optional<Target> server = request.target().filter(Target::isOnThisMachine);
    if (programs.isPresent()) {
      try {
        return Optional.of(onThrowAwayServer(programs.get(), request));
      } catch (StampguardException e) {
        // It may lack an extension that the target's server has.
        if (server.isEmpty()) {
          throw e;
        }
      }
    }
    return server.map(target -> onServer(target, request));
  }

  private Scratch onThrowAwayServer(ServerPrograms found, Request request) {
    // The target's own role, so that "$user" and CURRENT_USER mean the same.
    String superuser =
        request.target().map(Target::user).filter(u -> !u.startsWith("pg_")).orElse("postgres");
    ThrowAwayServer server = ThrowAwayServer.start(found, superuser);
    try {
      ScratchDatabase database =
          ScratchDatabase.create(connector, server.target("postgres"), request.model());
      database.createRoles(request.model().roles());
      database.furniture().takeOver(request.model().extensions());
      database.furniture().install(request.extensions());
      return Scratch.on(server, database);
    } catch (StampguardException e) {
      server.close();
      throw e;
    }
  }

  private Scratch onServer(Target server, Request request) {
    ScratchDatabase database = ScratchDatabase.create(connector, server, request.model());
    try {
      database.furniture().takeOver(request.model().extensions());
      database.furniture().install(request.extensions());
      return Scratch.on(database);
    } catch (StampguardException e) {
      database.close();
      throw e;
    }
  }

  private static StampguardException noTarget() {
    return new StampguardException(
        ExitCode.USAGE,
        "`--scratch server` needs a target",
        "name the server itself with `--scratch URL`");
  }
}
