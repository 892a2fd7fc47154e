package dev.stampguard.service;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.target.Target;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A connection that is opened and asked on a thread of its own, one question after the other: the
 * server is busy with an answer as long as its owner is with reading files.
 *
 * <p>Plain futures: completable ones first make a pool that nothing here runs in.
 */
final class Aside implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("aside").factory());
  private final Future<PostgresConnection> opened;
  private Future<?> last;

  Aside(PostgresConnector connector, Target target) {
    opened = thread.submit(() -> connector.open(target));
    last = opened;
  }

  /** Asks, after what was asked before has its answer or its failure. */
  <T> Future<T> ask(Function<PostgresConnection, T> question) {
    Future<T> answer = thread.submit(() -> question.apply(await(opened)));
    last = answer;
    return answer;
  }

  /**
   * Waits for an answer.
   *
   * @throws StampguardException as connecting or asking did; (interrupted) when the wait is
   */
  static <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StampguardException(
          ExitCode.INTERRUPTED, "waiting for the server was stopped", null);
    }
  }

  /** Disconnects, without waiting for a server that has not answered yet. */
  @Override
  public void close() {
    try {
      if (last.isDone()) {
        disconnect();
      } else {
        thread.execute(this::disconnect);
      }
    } finally {
      thread.shutdown();
    }
  }

  private void disconnect() {
    if (opened.state() == Future.State.SUCCESS) {
      opened.resultNow().close();
    }
  }
}
