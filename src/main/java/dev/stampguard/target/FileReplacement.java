package dev.stampguard.target;

import dev.stampguard.ExitCode;
import dev.stampguard.LeftOvers;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Replaces a settings file once, whole or not at all: what is new is written beside it and moved to
 * its place, owner and mode kept, and a link stays a link. A copy of what was there is made first.
 */
final class FileReplacement {
  private static final String BACKUP = ".backup";

  /** Settings hold passwords: nobody else may look before the file's own mode is set. */
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> WRITING =
      EnumSet.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  /** What editors put beside a file they have open: vim and nano, Emacs, LibreOffice. */
  private static final List<String> EDITOR_FILES =
      List.of(".%s.swp", "%s.swp", ".#%s", ".~lock.%s#");

  private final Path named;
  private final String name;

  /** Files made on the way, which go when it fails. */
  private final List<Path> made = new ArrayList<>();

  /**
   * @param named the file, absolute; it may be a link
   * @param name how messages call it
   */
  FileReplacement(Path named, String name) {
    this.named = Objects.requireNonNull(named);
    this.name = Objects.requireNonNull(name);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * The file's bytes.
   *
   * @throws StampguardException (usage) when it cannot be read
   */
  byte[] read() {
    try {
      return Files.readAllBytes(named);
    } catch (IOException e) {
      throw EnvFile.unreadable(name, e);
    }
  }

  /** What is to be known beside the replacement: that an editor has the file open. */
  List<String> warnings() {
    return Stream.of(named, real())
        .flatMap(
            file ->
                EDITOR_FILES.stream()
                    .map(form -> file.resolveSibling(form.formatted(file.getFileName()))))
        // Emacs' is a link that leads nowhere.
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .map(
            file ->
                "an editor seems to have `%s` open (`%s`): load it anew before you save it there"
                    .formatted(name, file.getFileName()))
        .distinct()
        .toList();
  }

  /**
   * Replaces it.
   *
   * @param seen what it must still hold
   * @return the copy of it, beside the name it was given by
   * @throws StampguardException (refused) when it holds something else, or cannot be replaced with
   *     owner and mode kept; everything is as it was then
   */
  Path replace(byte[] seen, byte[] replacement) {
    boolean done = false;
    try {
      Path real = real();
      requireReplaceable(real);
      var like = Files.readAttributes(real, PosixFileAttributes.class);
      LeftOvers.sweep(real);
      Path beside = write(LeftOvers.beside(real, ProcessHandle.current().pid()), replacement, like);
      Path backup = backUp(seen, like);
      if (!Arrays.equals(Files.readAllBytes(real), seen)) {
        throw changed();
      }
      Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
      done = true;
      sync(real.getParent());
      return backup;
    } catch (IOException e) {
      throw refused(
          "it cannot be replaced (%s)".formatted(reason(e)), "see that it can be written");
    } finally {
      if (!done) {
        made.forEach(FileReplacement::discard);
      }
    }
  }

  /** The refusal to touch a file that somebody changed. */
  StampguardException changed() {
    return refused("it was changed since it was read", "look at it, and try again");
  }

  private StampguardException refused(String why, String hint) {
    return new StampguardException(
        ExitCode.REFUSED, "`%s` was left alone: %s".formatted(name, why), hint);
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException of && of.getReason() != null
        ? of.getReason()
        : failure.getClass().getSimpleName();
  }

  /** A link stays a link: what it leads to is replaced. */
  private Path real() {
    try {
      return named.toRealPath();
    } catch (IOException e) {
      throw EnvFile.unreadable(name, e);
    }
  }

  private void requireReplaceable(Path real) throws IOException {
    if (isReadOnly(real)) {
      throw refused(
          "it is read-only",
          "`chmod u+w %s`, if it may be changed".formatted(ShellWords.quote(name)));
    }
    Optional<Path> directory =
        Stream.of(real.getParent(), named.getParent())
            .filter(parent -> isReadOnly(parent))
            .findFirst();
    if (directory.isPresent()) {
      throw refused(
          "its directory `%s` is read-only".formatted(directory.get()),
          "a copy of the file must be written there");
    }
    if (Files.getAttribute(real, "unix:nlink") instanceof Integer links && links > 1) {
      throw refused(
          "it has %s names (hard links), and only one of them would change".formatted(links),
          "edit it by hand");
    }
  }

  /** To the superuser everything is writable; a mode that lets nobody write says what is meant. */
  private static boolean isReadOnly(Path path) {
    try {
      return !Files.isWritable(path)
          || Files.getPosixFilePermissions(path).stream().noneMatch(WRITING::contains);
    } catch (IOException e) {
      return true;
    }
  }

  /** Copies it beside itself, under the first name that is free. */
  private Path backUp(byte[] seen, PosixFileAttributes like) throws IOException {
    for (int number = 0; ; number++) {
      String suffix = number == 0 ? BACKUP : BACKUP + "." + number;
      try {
        return write(named.resolveSibling(named.getFileName() + suffix), seen, like);
      } catch (FileAlreadyExistsException e) {
        // An earlier one, which stays as it is.
      }
    }
  }

  private Path write(Path file, byte[] content, PosixFileAttributes like) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PRIVATE))) {
      made.add(file);
      var rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      liken(file, like);
      channel.force(true);
    }
    return file;
  }

  private void liken(Path file, PosixFileAttributes like) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes own = view.readAttributes();
    try {
      if (!own.owner().equals(like.owner())) {
        view.setOwner(like.owner());
      }
      if (!own.group().equals(like.group())) {
        view.setGroup(like.group());
      }
    } catch (IOException e) {
      throw refused(
          "it belongs to %s:%s, and a file of yours would take its place"
              .formatted(like.owner().getName(), like.group().getName()),
          "run it as that user");
    }
    view.setPermissions(like.permissions());
  }

  /** Makes the move itself last; where a directory cannot be synced, it was made all the same. */
  private static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Nothing can be taken back any more, and nothing is wrong as long as the machine runs.
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The first failure is the one to tell.
    }
  }
}
