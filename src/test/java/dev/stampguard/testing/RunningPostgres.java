package dev.stampguard.testing;

/** A started PostgreSQL that listens on localhost, trusts everybody and ends with this JVM. */
sealed interface RunningPostgres permits EmbeddedServer, ContainerServer {
  /** The port on localhost. */
  int port();
}
