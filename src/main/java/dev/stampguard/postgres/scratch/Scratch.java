package dev.stampguard.postgres.scratch;

import dev.stampguard.target.Target;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** An empty database to try things in; closing it leaves nothing behind. */
public final class Scratch implements AutoCloseable {
  private final Target target;
  private final boolean throwAway;
  private final Resource resource;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit;

  private Scratch(Target target, boolean throwAway, Resource resource) {
    this.target = Objects.requireNonNull(target);
    this.throwAway = throwAway;
    this.resource = Objects.requireNonNull(resource);
    // Ctrl-C runs no finally; what it leaves on somebody's server would stay until the next run.
    this.atExit = new Thread(this::releaseAtExit, "stampguard-scratch");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static Scratch on(ThrowAwayServer server, ScratchDatabase database) {
    return new Scratch(
        database.target(),
        true,
        () -> {
          // The database goes with its server.
          database.disconnect();
          server.close();
        });
  }

  static Scratch on(ScratchDatabase database) {
    return new Scratch(database.target(), false, database::close);
  }

  /** How to connect to it. */
  public Target target() {
    return target;
  }

  /** Whether the whole server is ours, so that its role is a superuser. */
  public boolean isThrowAwayServer() {
    return throwAway;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // Already exiting: whoever comes first releases.
    }
    release();
  }

  private void releaseAtExit() {
    try {
      release();
    } catch (RuntimeException e) {
      // Nobody listens any more, and the server may be gone: the next run sweeps what is left.
    }
  }

  private void release() {
    if (closed.compareAndSet(false, true)) {
      resource.close();
    }
  }

  /** A resource whose release reports nothing but what {@link RuntimeException}s say. */
  @FunctionalInterface
  interface Resource extends AutoCloseable {
    @Override
    void close();
  }
}
