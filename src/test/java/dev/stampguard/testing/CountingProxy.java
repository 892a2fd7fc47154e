package dev.stampguard.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Stands between clients and a server and counts round trips: how often a server answers a client.
 * Something may be done each time before the server hears of it.
 */
public final class CountingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int serverPort;
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicInteger bytesSent = new AtomicInteger();
  private final AtomicInteger bytesReceived = new AtomicInteger();
  private final AtomicBoolean serverSpokeLast = new AtomicBoolean(true);
  private final Runnable beforeEach;

  public CountingProxy(int serverPort) throws IOException {
    this(serverPort, () -> {});
  }

  /**
   * @param beforeEach run at the begin of every round trip
   */
  public CountingProxy(int serverPort, Runnable beforeEach) throws IOException {
    this.serverPort = serverPort;
    this.beforeEach = beforeEach;
    this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many bytes clients sent. */
  public int bytesSent() {
    return bytesSent.get();
  }

  /** How many bytes the server answered. */
  public int bytesReceived() {
    return bytesReceived.get();
  }

  public int roundTrips() {
    return roundTrips.get();
  }

  private void serve() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket accepted) {
    try (Socket client = accepted;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      Thread answers = Thread.ofVirtual().start(() -> pump(server, client, this::serverSpeaks));
      pump(client, server, this::clientSpeaks);
      answers.join();
    } catch (IOException | InterruptedException e) {
      // One side is gone.
    }
  }

  private void clientSpeaks(int count) {
    bytesSent.addAndGet(count);
    if (serverSpokeLast.getAndSet(false)) {
      beforeEach.run();
    }
  }

  private void serverSpeaks(int count) {
    bytesReceived.addAndGet(count);
    // Counted only now: what a client says last of all nobody answers.
    if (!serverSpokeLast.getAndSet(true)) {
      roundTrips.incrementAndGet();
    }
  }

  private static void pump(Socket from, Socket to, IntConsumer speaks) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        speaks.accept(count);
        out.write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side hung up.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
