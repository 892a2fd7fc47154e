package dev.stampguard.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A local socket in the shape of a {@link Socket}, as far as the driver uses one.
 *
 * <p>The channel never blocks by itself: reads and writes wait in a selector, because that is the
 * only way to give a channel the read timeout the driver asks for.
 */
final class UnixSocket extends Socket {
  private static final int BUFFER = 64 * 1024;

  private final Path path;
  private SocketChannel channel;
  private Selector selector;
  private SelectionKey key;
  private int readTimeout;

  UnixSocket(Path path) {
    this.path = path;
  }

  /**
   * Connects to the socket's file, whatever the address says; a local connect succeeds or fails at
   * once, so the timeout has nothing to limit.
   */
  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      selector = Selector.open();
      if (!channel.connect(UnixDomainSocketAddress.of(path))) {
        throw new ConnectException("the server's queue of new connections is full");
      }
      key = channel.register(selector, 0);
    } catch (IOException e) {
      close();
      var refused = new ConnectException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  @Override
  public void connect(SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  @Override
  public boolean isConnected() {
    return channel != null && channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return channel != null && !channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    try {
      if (selector != null) {
        // Wakes whoever waits in it, as closing a socket does.
        selector.close();
      }
    } finally {
      if (channel != null) {
        channel.close();
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return new Input();
  }

  @Override
  public OutputStream getOutputStream() {
    return new Output();
  }

  @Override
  public void setSoTimeout(int milliseconds) {
    readTimeout = milliseconds;
  }

  @Override
  public int getSoTimeout() {
    return readTimeout;
  }

  @Override
  public void setKeepAlive(boolean on) {
    // Nothing is between the two ends of a local socket that could go away silently.
  }

  @Override
  public boolean getKeepAlive() {
    return false;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // Not TCP.
  }

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public int getSendBufferSize() {
    return BUFFER;
  }

  private void await(int operation, int timeout) throws IOException {
    key.interestOps(operation);
    selector.select(timeout);
    if (!selector.isOpen()) {
      throw new SocketException("Socket closed");
    }
    if (selector.selectedKeys().isEmpty()) {
      throw new SocketTimeoutException("Read timed out");
    }
    selector.selectedKeys().clear();
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      var buffer = ByteBuffer.wrap(bytes, offset, length);
      int count = channel.read(buffer);
      while (count == 0) {
        await(SelectionKey.OP_READ, readTimeout);
        count = channel.read(buffer);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      var buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        if (channel.write(buffer) == 0) {
          await(SelectionKey.OP_WRITE, 0);
        }
      }
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }
}
