package dev.stampguard.postgres;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Gives the driver local sockets, which it cannot open itself. The driver takes a factory by class
 * name only and makes it through this constructor, hence the registration for the native image.
 *
 * <p>The JDK speaks AF_UNIX on its own; a library such as junixsocket would add native code to
 * unpack and register for the sake of the adapter in {@link UnixSocket}.
 */
@RegisterForReflection
public final class UnixSocketFactory extends SocketFactory {
  private final Path path;

  /**
   * @param path the socket's file
   */
  public UnixSocketFactory(String path) {
    this.path = Path.of(path);
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("a local socket has no host and port");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("a local socket has no host and port");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("a local socket has no host and port");
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException("a local socket has no host and port");
  }
}
