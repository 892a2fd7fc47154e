package dev.stampguard.expectation.lock;

import dev.stampguard.catalog.ObjectName;
import dev.stampguard.expectation.Effect;
import dev.stampguard.expectation.Expectation.ChainGap;
import dev.stampguard.expectation.RevisionExpectation;
import dev.stampguard.expectation.RevisionExpectation.Unread;
import dev.stampguard.tool.Revision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A revision of which not every line is read yet. */
final class RevisionDraft {
  private final int number;
  private final String written;
  private final Reading reading;
  private final ScriptDigest script;
  private final CatalogFingerprint fingerprint;
  private final Revision revision;
  private final MessageDigest digest = Sha256.start();
  private final List<Effect> effects = new ArrayList<>();
  private final List<Unread> unread = new ArrayList<>();
  private final List<ChainGap> gaps = new ArrayList<>();
  private final TreeSet<ObjectName> touched = new TreeSet<>();

  /**
   * Reads the revision's first line, its keyword excepted.
   *
   * @param number the line's number, 1-based
   * @throws IllegalArgumentException when the line cannot be understood
   */
  RevisionDraft(int number, LockLine line) {
    this.number = number;
    String id = line.rawField();
    this.written = line.rawField();
    digest.update((id + "\t").getBytes(StandardCharsets.UTF_8));
    line.digestRest(digest);
    this.reading = Reading.of(line.rawField());
    this.script = new ScriptDigest(line.rawField());
    this.fingerprint = new CatalogFingerprint(line.rawField());
    this.revision = RevisionLines.revision(LockText.unescape(id), line);
  }

  String id() {
    return revision.id();
  }

  /** The number of its first line. */
  int number() {
    return number;
  }

  void addUnread(LockLine line) {
    unread.add(new Unread(line.number(), line.field()));
    line.expectEnd();
  }

  void addGap(LockLine line) {
    gaps.add(new ChainGap(id(), line.number(), NameText.object(line.field()), line.list()));
    line.expectEnd();
  }

  void addTouched(LockLine line) {
    touched.add(NameText.object(line.field()));
    line.expectEnd();
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  /** Where every further line of the revision is to be fed. */
  MessageDigest digest() {
    return digest;
  }

  /**
   * The revision, once all lines of the file are read.
   *
   * @throws BrokenLine when they are not the lines that were written
   */
  LockedRevision finish() {
    if (!Sha256.shortHex(digest.digest()).equals(written)) {
      throw new BrokenLine(
          "has revision `%s`, of whose lines some were changed, lost or added".formatted(id()));
    }
    Optional<RevisionExpectation> expectation =
        switch (reading) {
          case EXACT, PARTIAL ->
              Optional.of(new RevisionExpectation(id(), effects, reading == Reading.EXACT, unread));
          case UNREAD -> Optional.empty();
        };
    return new LockedRevision(revision, script, fingerprint, expectation, gaps, touched);
  }
}
