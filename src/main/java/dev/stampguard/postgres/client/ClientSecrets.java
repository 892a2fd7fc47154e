package dev.stampguard.postgres.client;

import dev.stampguard.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Hands PostgreSQL's programs the one secret that libpq takes from no variable, the passphrase of a
 * client key, in a service file that only its owner reads and that goes when this is closed.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgservice.html">service files</a>
 */
final class ClientSecrets implements AutoCloseable {
  private static final String PASSPHRASE = "sslpassword";
  private static final String SERVICE = "stampguard";

  private final Optional<Path> file;

  private ClientSecrets(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Writes the file where there is a secret.
   *
   * @throws IOException when it cannot be written
   */
  static ClientSecrets of(Optional<Target> target) throws IOException {
    Optional<String> secret = target.map(database -> database.parameters().get(PASSPHRASE));
    if (secret.isEmpty()) {
      return new ClientSecrets(Optional.empty());
    }
    Path file = Files.createTempFile("stampguard", ".service");
    // Where the run is interrupted nobody closes this.
    file.toFile().deleteOnExit();
    Files.writeString(
        file, "[%s]\n%s=%s\n".formatted(SERVICE, PASSPHRASE, secret.get()), StandardCharsets.UTF_8);
    return new ClientSecrets(Optional.of(file));
  }

  /** Changes the environment of a program that is to find it. */
  void point(Map<String, String> environment) {
    file.ifPresent(
        path -> {
          environment.put("PGSERVICEFILE", path.toString());
          environment.put("PGSERVICE", SERVICE);
        });
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
