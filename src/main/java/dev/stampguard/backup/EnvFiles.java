package dev.stampguard.backup;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Copies environment files into a backup and back, byte for byte, with owner and mode. */
public final class EnvFiles {
  private static final String KEPT = ".backup";

  private final Path project;

  /**
   * @param project the project's directory, which manifests name files relative to
   */
  public EnvFiles(Path project) {
    this.project = Objects.requireNonNull(project);
  }

  /**
   * Copies files into a draft.
   *
   * @param files absolute; those that are not there are left out
   * @throws StampguardException (usage) when one cannot be read
   */
  public List<Manifest.EnvCopy> save(List<Path> files, BackupDraft draft) {
    var copies = new ArrayList<Manifest.EnvCopy>();
    for (Path file : files) {
      if (Files.exists(file)) {
        String path = "env/%s-%s".formatted(copies.size(), file.getFileName());
        try {
          PosixFileAttributes like = Files.readAttributes(file, PosixFileAttributes.class);
          draft.write(path, Files.readAllBytes(file));
          copies.add(
              new Manifest.EnvCopy(
                  path,
                  (file.startsWith(project) ? project.relativize(file) : file).toString(),
                  like.owner().getName(),
                  like.group().getName(),
                  PosixFilePermissions.toString(like.permissions())));
        } catch (IOException e) {
          throw new StampguardException(
              ExitCode.USAGE,
              "`%s` cannot be read, so it cannot be backed up".formatted(file),
              "make it readable");
        }
      }
    }
    return copies;
  }

  /**
   * What became of a file.
   *
   * @param file as the manifest names it
   * @param kept where the one that was there is now, in the same form; empty when there was none
   */
  public record Restored(String file, Optional<String> kept) {
    public Restored {
      Objects.requireNonNull(file);
      Objects.requireNonNull(kept);
    }
  }

  /**
   * Puts the files of a backup back. A file that is as it was is left alone; what is there
   * otherwise is kept beside it. A link stays a link: what it leads to is replaced.
   *
   * @throws StampguardException (change failed) naming the file that could not be put back; those
   *     before it were
   */
  public List<Restored> restore(Backup backup) {
    var restored = new ArrayList<Restored>();
    for (Manifest.EnvCopy copy : backup.manifest().envFiles()) {
      try {
        restore(backup, copy).ifPresent(restored::add);
      } catch (IOException e) {
        throw new StampguardException(
            ExitCode.CHANGE_FAILED,
            "`%s` could not be restored (%s); its copy is `%s`"
                .formatted(copy.original(), reason(e), backup.path(copy.path())),
            "check its owner and the permissions of its directory, then run it again");
      }
    }
    return restored;
  }

  /** The files of a backup that are not as they were, as the manifest names them. */
  public List<String> changedSince(Backup backup) {
    return backup.manifest().envFiles().stream()
        .filter(copy -> !isAsItWas(backup, copy))
        .map(Manifest.EnvCopy::original)
        .toList();
  }

  private boolean isAsItWas(Backup backup, Manifest.EnvCopy copy) {
    Path file = project.resolve(copy.original());
    try {
      return Files.exists(file)
          && isAsItWas(file, Files.readAllBytes(backup.path(copy.path())), copy);
    } catch (IOException e) {
      return false; // What cannot be read was readable then.
    }
  }

  private Optional<Restored> restore(Backup backup, Manifest.EnvCopy copy) throws IOException {
    Path named = project.resolve(copy.original());
    Path file = Files.exists(named) ? named.toRealPath() : named;
    byte[] content = Files.readAllBytes(backup.path(copy.path()));
    if (Files.exists(file) && isAsItWas(file, content, copy)) {
      return Optional.empty();
    }
    Path beside =
        file.resolveSibling(".%s.%s".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.deleteIfExists(beside);
      PrivateFiles.write(beside, content);
      liken(beside, copy);
      Optional<Path> kept = Files.exists(file) ? Optional.of(keep(named, file)) : Optional.empty();
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.sync(file.getParent());
      return Optional.of(
          new Restored(
              copy.original(),
              kept.map(
                  path -> Path.of(copy.original()).resolveSibling(path.getFileName()).toString())));
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static boolean isAsItWas(Path file, byte[] content, Manifest.EnvCopy copy)
      throws IOException {
    PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
    return Arrays.equals(Files.readAllBytes(file), content)
        && now.owner().getName().equals(copy.owner())
        && now.group().getName().equals(copy.group())
        && PosixFilePermissions.toString(now.permissions()).equals(copy.mode());
  }

  private static void liken(Path file, Manifest.EnvCopy copy) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes own = view.readAttributes();
    var accounts = file.getFileSystem().getUserPrincipalLookupService();
    if (!own.owner().getName().equals(copy.owner())) {
      UserPrincipal owner = accounts.lookupPrincipalByName(copy.owner());
      view.setOwner(owner);
    }
    if (!own.group().getName().equals(copy.group())) {
      GroupPrincipal group = accounts.lookupPrincipalByGroupName(copy.group());
      view.setGroup(group);
    }
    view.setPermissions(PosixFilePermissions.fromString(copy.mode()));
  }

  /** Copies what is there beside it, with owner and mode, under the first name that is free. */
  private static Path keep(Path named, Path file) throws IOException {
    for (int number = 0; ; number++) {
      Path kept =
          named.resolveSibling(named.getFileName() + KEPT + (number == 0 ? "" : "." + number));
      try {
        PrivateFiles.write(kept, Files.readAllBytes(file));
        PosixFileAttributes like = Files.readAttributes(file, PosixFileAttributes.class);
        liken(
            kept,
            new Manifest.EnvCopy(
                "",
                "",
                like.owner().getName(),
                like.group().getName(),
                PosixFilePermissions.toString(like.permissions())));
        return kept;
      } catch (FileAlreadyExistsException e) {
        // An earlier one, which stays as it is.
      }
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName();
  }
}
