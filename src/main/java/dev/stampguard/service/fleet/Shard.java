package dev.stampguard.service.fleet;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One machine's share of a fleet.
 *
 * <p>A name's share depends on nothing but the name. The machines list the databases each at its
 * own moment: were the shares cut from the list by position, a database that comes or goes in
 * between would move all that follow it, and some of them would be checked by nobody.
 *
 * @param index which share, from 0
 * @param count how many there are
 */
public record Shard(int index, int count) {
  /** Kubernetes sets it for each pod of an Indexed Job. */
  public static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

  /** Kubernetes tells a pod nothing of how many there are: the Job's manifest has to. */
  public static final String COUNT_VARIABLE = "JOB_COMPLETIONS";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  public Shard {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("no share " + index + " of " + count);
    }
  }

  /** All of it. */
  public static Shard whole() {
    return new Shard(0, 1);
  }

  /**
   * Reads {@code I/N}.
   *
   * @param source what says so, for messages
   * @throws StampguardException (usage) when it is malformed
   */
  public static Shard parse(String text, String source) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      int index = Integer.parseInt(form.group(1));
      int count = Integer.parseInt(form.group(2));
      if (index < count) {
        return new Shard(index, count);
      }
    }
    throw new StampguardException(
        ExitCode.USAGE,
        "`%s` cannot be `%s`".formatted(source, text),
        "it is I/N, the share's number and how many there are: `0/4` to `3/4` are all of four");
  }

  /**
   * What the environment says.
   *
   * @return empty when it says nothing
   * @throws StampguardException (usage) when it says only half of it, or what makes no sense
   */
  public static Optional<Shard> of(Map<String, String> environment) {
    String index = environment.getOrDefault(INDEX_VARIABLE, "");
    String count = environment.getOrDefault(COUNT_VARIABLE, "");
    if (index.isBlank()) {
      return Optional.empty();
    }
    if (count.isBlank()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` says which share this is, and nothing says how many there are"
              .formatted(INDEX_VARIABLE),
          "set `%s` to the Job's `completions`, or say `--shard 0/1` to check everything"
              .formatted(COUNT_VARIABLE));
    }
    return Optional.of(
        parse(
            index.strip() + "/" + count.strip(),
            "environment %s/%s".formatted(INDEX_VARIABLE, COUNT_VARIABLE)));
  }

  /** Whether it is in this share. */
  public boolean holds(String name) {
    return count == 1 || Long.remainderUnsigned(hash(name), count) == index;
  }

  private static long hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      long hash = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        hash = hash << 8 | (digest[i] & 0xff);
      }
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java knows SHA-256", e);
    }
  }

  /** {@code I/N}. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
