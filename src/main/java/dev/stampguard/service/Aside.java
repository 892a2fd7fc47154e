package dev.stampguard.service;

import dev.stampguard.StampguardException;
import dev.stampguard.postgres.PostgresConnection;
import dev.stampguard.postgres.PostgresConnector;
import dev.stampguard.target.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A connection that is opened and asked on a thread of its own, one question after the other: the
 * server is busy with an answer as long as its owner is with reading files.
 */
final class Aside implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("aside").factory());
  private final CompletableFuture<PostgresConnection> opened;

  /** Each question waits for the one before: dependents of one future run in any order. */
  private CompletableFuture<?> last;

  Aside(PostgresConnector connector, Target target) {
    opened = CompletableFuture.supplyAsync(() -> connector.open(target), thread);
    last = opened;
  }

  /** Asks, after what was asked before has its answer or its failure. */
  <T> CompletableFuture<T> ask(Function<PostgresConnection, T> question) {
    CompletableFuture<T> answer =
        last.handleAsync((answered, failed) -> question.apply(opened.join()), thread);
    last = answer;
    return answer;
  }

  /**
   * Waits for an answer.
   *
   * @throws StampguardException as connecting or asking did
   */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Disconnects, without waiting for a server that has not answered yet. */
  @Override
  public void close() {
    // How the connection ends, nobody waits for.
    CompletableFuture<Void> unused =
        last.isDone()
            ? opened.thenAccept(PostgresConnection::close)
            : opened.thenAcceptAsync(PostgresConnection::close, thread);
    thread.shutdown();
  }
}
