package dev.stampguard.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL from the official image; Testcontainers removes the container with the JVM. */
record ContainerServer(int port) implements RunningPostgres {
  private static final int PULL_SECONDS = 180;

  /**
   * Starts a server of this major with these settings.
   *
   * @throws RuntimeException of many kinds, Testcontainers' and the Docker client's, when the image
   *     cannot be had or does not start
   */
  static ContainerServer start(String major, Map<String, String> settings) {
    String image = "postgres:" + major;
    provide(image);
    var command = new ArrayList<>(List.of("postgres"));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    // Not closed: it serves until the JVM ends.
    var container =
        new PostgreSQLContainer(image)
            .withDatabaseName("postgres")
            .withUsername("postgres")
            .withPassword("postgres");
    // As the embedded server has them: who connects is trusted, and the order of text is C's.
    container.addEnv("POSTGRES_HOST_AUTH_METHOD", "trust");
    container.addEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --no-locale");
    container.setCommand(command.toArray(String[]::new));
    container.withImagePullPolicy(name -> false);
    container.start();
    var server = new ContainerServer(container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
    try {
      server.reach();
      return server;
    } catch (IOException e) {
      container.stop();
      throw new IllegalStateException("localhost does not reach the container", e);
    }
  }

  /** Pulls by itself: Testcontainers repeats a pull that cannot succeed for two minutes. */
  private static void provide(String image) {
    // The factory owns the client and shares it.
    DockerClient client = DockerClientFactory.instance().client();
    try {
      client.inspectImageCmd(image).exec();
    } catch (NotFoundException absent) {
      pull(client, image);
    }
  }

  private static void pull(DockerClient client, String image) {
    try {
      boolean pulled =
          client
              .pullImageCmd(image)
              .exec(new PullImageResultCallback())
              .awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
      if (!pulled) {
        throw new IllegalStateException("`" + image + "` is not pulled in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The engine may be that of a machine around this one, with a localhost of its own. */
  private void reach() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", port), 1_000);
    }
  }
}
