package dev.stampguard.postgres;

import java.util.Objects;

/**
 * A server's version.
 *
 * @param text as the server prints it, for example {@code 15.18} or {@code 19beta1}
 */
public record ServerVersion(String text) {
  public ServerVersion {
    Objects.requireNonNull(text);
  }

  /** What a server reports; distributions append their package name after a space. */
  public static ServerVersion reported(String version) {
    return new ServerVersion(version.split(" ", 2)[0]);
  }

  /** The major version, for example 15. */
  public int major() {
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return Integer.parseInt(text.substring(0, end));
  }
}
