package dev.stampguard.expectation.lock;

import dev.stampguard.ExitCode;
import dev.stampguard.LeftOvers;
import dev.stampguard.StampguardException;
import dev.stampguard.expectation.Effect;
import dev.stampguard.tool.Revision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a lock file: UTF-8, lines ending in {@code \n}, fields separated by tabs and escaped as
 * {@link LockText} does. First a comment and the header, then {@link RevisionLines} sorted by id,
 * then {@link ObjectLine}s sorted by {@link LockedName} and, of one object, oldest first; an empty
 * line between the parts.
 *
 * <p>Made to be merged: a new revision only adds lines, nothing is counted or hashed over the whole
 * file, and no line depends on a revision that its own does not need. Two branches conflict where
 * they add lines at the same place: always when they change the same object, and then a clean merge
 * would be wrong.
 */
public final class LockWriter {
  static final String FORMAT_KEY = "format";
  static final String TOOL_KEY = "tool";
  static final String POSTGRES_KEY = "postgresql";
  static final String SCHEMA_KEY = "schema";

  /** To be raised with every change that an older stampguard would not understand. */
  static final String FORMAT = "1";

  private static final String COMMENT =
      "# What each migration leaves in the database, written by `stampguard snapshot`: do not edit";

  private final LockFile lock;

  private LockWriter(LockFile lock) {
    this.lock = lock;
  }

  /** The file's content; equal lock files give identical bytes. */
  public static byte[] bytes(LockFile lock) {
    return new LockWriter(lock).text().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the file whole or not at all.
   *
   * @return whether anything changed; a file that has this content already is left alone
   * @throws StampguardException (usage) when it cannot be written
   */
  public static boolean write(LockFile lock, Path file) {
    byte[] content = bytes(lock);
    try {
      LeftOvers.sweep(file);
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
        return false;
      }
      replace(file, content);
      return true;
    } catch (IOException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be written".formatted(file),
          "check the permissions of its directory and the space left");
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    // Not Files.createTempFile: that makes a file nobody else may read, and the lock is shared.
    Path beside = LeftOvers.beside(file, ProcessHandle.current().pid());
    try {
      try (var channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private String text() {
    List<ObjectLine> objects = objectLines();
    var digests = new HashMap<String, MessageDigest>();
    lock.revisions().forEach((id, locked) -> digests.put(id, start(locked)));
    var objectText = new StringBuilder();
    for (ObjectLine object : objects) {
      String line = object.write();
      update(digests.get(object.revision()), line);
      objectText.append(line);
    }
    var text = new StringBuilder();
    text.append(COMMENT).append('\n');
    text.append(FORMAT_KEY).append('\t').append(FORMAT).append('\n');
    text.append(TOOL_KEY).append('\t').append(LockText.escape(lock.tool())).append('\n');
    text.append(POSTGRES_KEY).append('\t').append(lock.postgresMajor()).append('\n');
    text.append(SCHEMA_KEY).append('\t').append(LockText.escape(lock.schema())).append("\n\n");
    lock.revisions().forEach((id, locked) -> append(text, locked, digests.get(id)));
    return text.append('\n').append(objectText).toString();
  }

  private static MessageDigest start(LockedRevision locked) {
    MessageDigest digest = Sha256.start();
    update(digest, LockText.escape(locked.revision().id()) + "\t" + RevisionLines.rest(locked));
    RevisionLines.others(locked).forEach(line -> update(digest, line));
    return digest;
  }

  private static void update(MessageDigest digest, String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder text, LockedRevision locked, MessageDigest digest) {
    text.append(RevisionLines.REVISION).append('\t');
    text.append(LockText.escape(locked.revision().id())).append('\t');
    text.append(Sha256.shortHex(digest.digest())).append('\t');
    text.append(RevisionLines.rest(locked));
    RevisionLines.others(locked).forEach(text::append);
  }

  /** All effects as lines, in the file's order. */
  private List<ObjectLine> objectLines() {
    var lines = new ArrayList<ObjectLine>();
    Map<LockedName, ObjectLine> newest = new HashMap<>();
    for (Revision revision : lock.graph().revisions()) {
      for (Effect effect : lock.revisions().get(revision.id()).effects()) {
        LockedName name = LockedName.of(effect);
        Optional<String> previous =
            Optional.ofNullable(newest.get(name))
                .filter(line -> line.after().isPresent() && line.after().equals(effect.before()))
                .map(ObjectLine::revision);
        var line = new ObjectLine(name, revision.id(), previous, effect.before(), effect.after());
        newest.put(name, line);
        lines.add(line);
      }
    }
    // A stable sort: the versions of one object stay in the graph's order.
    lines.sort(Comparator.comparing(ObjectLine::name));
    return lines;
  }
}
