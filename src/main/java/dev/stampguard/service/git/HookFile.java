package dev.stampguard.service.git;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One project's block in the file of one hook, where git or husky looks for it. */
public final class HookFile {
  private static final Set<PosixFilePermission> NEW = PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> EXECUTE =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Hook hook;
  private final Path file;
  private final boolean shared;
  private final boolean managed;
  private final String owner;
  private final HookText text;

  private HookFile(Hook hook, Path file, boolean shared, boolean managed, String owner) {
    this.hook = hook;
    this.file = file;
    this.shared = shared;
    this.managed = managed;
    this.owner = owner;
    this.text = new HookText(hook, file.toString(), owner);
  }

  /**
   * Where a repository has a hook: where git says, which knows {@code core.hooksPath}, worktrees
   * and submodules; with husky in the file that husky's own hook runs, because that one is written
   * anew at every install.
   *
   * @param project whose block it is, relative to the top of the working tree; empty when it is
   *     that
   * @throws StampguardException (usage) when there is no git, or no repository
   */
  public static HookFile of(Git git, Hook hook, Path project) {
    Path top = git.top();
    Git atTop = git.in(top);
    Path hooks =
        top.resolve(atTop.line("rev-parse", "--git-path", "hooks").orElseThrow()).normalize();
    Path common =
        top.resolve(atTop.line("rev-parse", "--git-common-dir").orElseThrow()).normalize();
    boolean husky =
        hooks.endsWith("_")
            && (Files.exists(hooks.resolve("h")) || Files.exists(hooks.resolve("husky.sh")));
    Path directory = husky ? hooks.getParent() : hooks;
    boolean shared = !directory.startsWith(top) && !directory.startsWith(common);
    return new HookFile(
        hook,
        directory.resolve(hook.file()),
        shared,
        husky,
        HookText.owner(project.toString().replace('\\', '/')));
  }

  /** The project, as people see it; empty when it is the top of the working tree. */
  public String owner() {
    return owner;
  }

  /**
   * The same file, once for each project that has a block in it.
   *
   * @throws StampguardException (usage) when it cannot be read
   */
  public List<HookFile> all() {
    try {
      List<String> owners = Files.exists(file) ? HookText.owners(hook, read()) : List.of();
      return owners.stream()
          .map(other -> new HookFile(hook, file, shared, managed, other))
          .toList();
    } catch (IOException e) {
      throw unwritable();
    }
  }

  /** Its place, absolute. */
  public Path path() {
    return file;
  }

  /** Whether other repositories run it too. */
  public boolean isShared() {
    return shared;
  }

  /**
   * Puts the block in, in the place of one that is there.
   *
   * @return whether a file that git had ignored, for it was not executable, now runs
   * @throws StampguardException (refused) when the file is no shell script; (usage) when it cannot
   *     be written
   */
  public boolean install(HookBlock block) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        write(text.with(HookText.Origin.MADE, block, HookText.NEW), NEW);
        return false;
      }
      String now = read();
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      boolean ignored = !managed && !mode.contains(PosixFilePermission.OWNER_EXECUTE);
      HookText.Parts parts =
          text.without(now)
              .orElseGet(
                  () ->
                      new HookText.Parts(
                          HookText.origin(hook, now)
                              .orElse(
                                  ignored ? HookText.Origin.NOT_EXECUTABLE : HookText.Origin.FOUND),
                          now));
      if (ignored) {
        mode.addAll(EXECUTE);
      }
      String wanted = text.with(parts.origin(), block, parts.rest());
      if (ignored || !wanted.equals(now)) {
        write(wanted, mode);
      }
      return ignored;
    } catch (IOException e) {
      throw unwritable();
    }
  }

  /**
   * Takes the block out; with the last one a file that was not there before goes as well, unless
   * somebody added to it.
   *
   * @return whether there was one
   * @throws StampguardException (refused) when the block is not whole; (usage) when the file cannot
   *     be written
   */
  public boolean uninstall() {
    try {
      Optional<HookText.Parts> parts = Files.exists(file) ? text.without(read()) : Optional.empty();
      if (parts.isEmpty()) {
        return false;
      }
      HookText.Origin origin = parts.get().origin();
      if (origin == HookText.Origin.MADE && parts.get().rest().equals(HookText.NEW)) {
        Files.delete(file);
        return true;
      }
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      boolean isLast = HookText.owners(hook, parts.get().rest()).isEmpty();
      if (isLast && origin == HookText.Origin.NOT_EXECUTABLE) {
        mode.removeAll(EXECUTE);
      }
      write(parts.get().rest(), mode);
      return true;
    } catch (IOException e) {
      throw unwritable();
    }
  }

  private String read() throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** Whole or not at all; a link stays a link. */
  private void write(String content, Set<PosixFilePermission> mode) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file;
    Path beside = Files.createTempFile(real.getParent(), "." + real.getFileName(), null);
    try {
      Files.writeString(beside, content, StandardCharsets.ISO_8859_1);
      Files.setPosixFilePermissions(beside, mode);
      Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private StampguardException unwritable() {
    return new StampguardException(
        ExitCode.USAGE,
        "the hook `%s` cannot be read or written".formatted(file),
        "see that you may write to its directory");
  }
}
