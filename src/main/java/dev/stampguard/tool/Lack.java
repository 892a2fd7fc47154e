package dev.stampguard.tool;

import java.util.Objects;

/**
 * What has to be said before revisions can run here.
 *
 * @param reason what is lacking and why, in words to follow <em>this</em>
 * @param remedy what to do about it, as a hint
 */
public record Lack(String reason, String remedy) {
  public Lack {
    Objects.requireNonNull(reason);
    Objects.requireNonNull(remedy);
  }
}
