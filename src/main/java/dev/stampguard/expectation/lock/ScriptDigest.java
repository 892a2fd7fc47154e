package dev.stampguard.expectation.lock;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import dev.stampguard.tool.Revision;
import dev.stampguard.tool.RevisionGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A script's content, told apart from any other. Line ends and a byte order mark do not count: they
 * depend on the machine that checked the script out.
 *
 * @param hex 64 lower-case hex digits of SHA-256
 */
public record ScriptDigest(String hex) {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  public ScriptDigest {
    Sha256.requireHex(hex);
  }

  /**
   * The digest of one script.
   *
   * @throws StampguardException (usage) when the file cannot be read
   */
  public static ScriptDigest of(Path script) {
    try {
      return of(Files.readAllBytes(script));
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "the script `%s` cannot be read".formatted(script),
          "check that it exists and its permissions");
    }
  }

  /**
   * The digests of every revision's script, by revision id.
   *
   * @param project the directory that {@link Revision#file()} is relative to, where the graph does
   *     not say that it is elsewhere
   * @throws StampguardException (usage) when a file cannot be read
   */
  public static Map<String, ScriptDigest> ofAll(RevisionGraph graph, Path project) {
    return ofAll(graph, project, Map.of());
  }

  /**
   * As {@link #ofAll(RevisionGraph, Path)}.
   *
   * @param known digests by file, of which the files need not be read again
   */
  static Map<String, ScriptDigest> ofAll(
      RevisionGraph graph, Path project, Map<String, ScriptDigest> known) {
    var byFile = new HashMap<>(known);
    var byRevision = new HashMap<String, ScriptDigest>();
    for (Revision revision : graph.revisions()) {
      byRevision.put(
          revision.id(),
          byFile.computeIfAbsent(revision.file(), file -> of(graph.place(project, file))));
    }
    return byRevision;
  }

  static ScriptDigest of(byte[] content) {
    MessageDigest digest = Sha256.start();
    int from = startsWithMark(content) ? BYTE_ORDER_MARK.length : 0;
    for (int at = from; at + 1 < content.length; at++) {
      if (content[at] == '\r' && content[at + 1] == '\n') {
        digest.update(content, from, at - from);
        from = at + 1;
      }
    }
    digest.update(content, from, content.length - from);
    return new ScriptDigest(HexFormat.of().formatHex(digest.digest()));
  }

  private static boolean startsWithMark(byte[] content) {
    return content.length >= BYTE_ORDER_MARK.length
        && content[0] == BYTE_ORDER_MARK[0]
        && content[1] == BYTE_ORDER_MARK[1]
        && content[2] == BYTE_ORDER_MARK[2];
  }

  @Override
  public String toString() {
    return hex;
  }
}
