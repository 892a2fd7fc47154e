package dev.stampguard.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Looks for a Docker engine on this machine without waking Testcontainers, whose own search takes
 * seconds and prints stack traces where there is none.
 */
final class DockerEngine {
  private static final String UNIX = "unix://";

  private DockerEngine() {}

  /**
   * Whether an engine accepts connections on a local socket. An engine elsewhere does not count: it
   * would publish its ports there, and the tests name localhost.
   */
  static boolean answers(Map<String, String> environment, Path home) {
    return sockets(environment.get("DOCKER_HOST"), home).stream().anyMatch(DockerEngine::accepts);
  }

  private static List<Path> sockets(String host, Path home) {
    if (host == null || host.isBlank()) {
      return List.of(Path.of("/var/run/docker.sock"), home.resolve(".docker/run/docker.sock"));
    }
    return host.startsWith(UNIX) ? List.of(Path.of(host.substring(UNIX.length()))) : List.of();
  }

  /** An engine that has died leaves its socket behind, so that being there is not enough. */
  private static boolean accepts(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
