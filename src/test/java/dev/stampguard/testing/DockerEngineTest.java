package dev.stampguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {
  @TempDir Path home;

  @Test
  void answersOnlyWhileSomethingListens() throws IOException {
    Path socket = home.resolve("docker.sock");
    var environment = Map.of("DOCKER_HOST", "unix://" + socket);
    assertThat(DockerEngine.answers(environment, home)).isFalse();
    try (var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      engine.bind(UnixDomainSocketAddress.of(socket));
      assertThat(DockerEngine.answers(environment, home)).isTrue();
    }
    assertThat(socket).exists();
    assertThat(DockerEngine.answers(environment, home)).isFalse();
  }

  @Test
  void anEngineElsewhereDoesNotCount() {
    assertThat(DockerEngine.answers(Map.of("DOCKER_HOST", "tcp://localhost:2375"), home)).isFalse();
  }
}
