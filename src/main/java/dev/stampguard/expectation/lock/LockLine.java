package dev.stampguard.expectation.lock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * One line of the lock file, read field by field. What a line lacks is a {@link BrokenLine}, what
 * cannot be understood an {@link IllegalArgumentException}; {@link LockReader} adds the place.
 */
final class LockLine {
  private static final String MERGE_MARKERS = "<|=>";
  private static final int MERGE_MARKER_LENGTH = 7;

  private final byte[] content;
  private final int start;
  private final int end;
  private int at;

  /**
   * @param end where the line ends, its line end excluded
   */
  LockLine(byte[] content, int start, int end) {
    this.content = content;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  boolean isEmpty() {
    return start == end;
  }

  /** Whether git left the line in a conflict; no line of the file's own begins like that. */
  boolean isMergeMarker() {
    if (end - start < MERGE_MARKER_LENGTH || MERGE_MARKERS.indexOf(content[start]) < 0) {
      return false;
    }
    int length = 1;
    while (length < MERGE_MARKER_LENGTH && content[start + length] == content[start]) {
      length++;
    }
    return length == MERGE_MARKER_LENGTH;
  }

  /** The next field as it is written. */
  String rawField() {
    if (at > end) {
      throw new BrokenLine("has too few fields");
    }
    int from = at;
    while (at < end && content[at] != '\t') {
      at++;
    }
    var field = new String(content, from, at - from, StandardCharsets.UTF_8);
    at++;
    return field;
  }

  /** The next field's text. */
  String field() {
    return LockText.unescape(rawField());
  }

  List<String> list() {
    return LockText.unescapeAll(rawField());
  }

  int number() {
    return Integer.parseInt(rawField());
  }

  void expectEnd() {
    if (at <= end) {
      throw new BrokenLine("has too many fields");
    }
  }

  /** Feeds the fields that were not read yet, and a line end. */
  void digestRest(MessageDigest digest) {
    digest(digest, at);
  }

  /** Feeds the whole line. */
  void digestWhole(MessageDigest digest) {
    digest(digest, start);
  }

  private void digest(MessageDigest digest, int from) {
    digest.update(content, from, Math.max(0, end - from));
    digest.update((byte) '\n');
  }
}
