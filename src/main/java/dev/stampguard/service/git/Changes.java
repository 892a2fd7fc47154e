package dev.stampguard.service.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether what is about to be pushed or committed touches migrations. Where git cannot tell, as of
 * a history that was cut off, it counts as if it did: a check too many costs little.
 */
public final class Changes {
  private final Git git;
  private final MigrationPaths paths;

  /**
   * @param git at the top of the working tree
   */
  public Changes(Git git, MigrationPaths paths) {
    this.git = git;
    this.paths = paths;
  }

  /** Whether the index touches them. */
  public boolean areStaged() {
    return touch(git.names("diff", "--cached", "--name-only", "-z", "--no-renames"));
  }

  /**
   * Whether a push touches them: against what the remote has where that is known here, else in any
   * of the commits that the remote has not got.
   *
   * @param remote the remote's name, or its URL where it has none
   */
  public boolean arePushed(String remote, List<PushedRef> refs) {
    var unknown = new ArrayList<String>();
    for (PushedRef ref : refs) {
      if (ref.isDeletion()) {
        continue;
      }
      if (ref.isNew() || !git.succeeds("cat-file", "-e", ref.remoteOid() + "^{commit}")) {
        unknown.add(ref.localOid());
      } else if (touch(
          git.names(
              "diff",
              "--name-only",
              "-z",
              "--no-renames",
              "--no-ext-diff",
              ref.remoteOid(),
              ref.localOid(),
              "--"))) {
        return true;
      }
    }
    return !unknown.isEmpty() && touch(inCommits(unknown, remote));
  }

  private Optional<List<String>> inCommits(List<String> oids, String remote) {
    var command =
        new ArrayList<String>(
            List.of("log", "--format=", "--name-only", "-z", "--no-renames", "-c"));
    command.addAll(oids);
    boolean isNamed = git.line("remote").stream().flatMap(String::lines).anyMatch(remote::equals);
    if (isNamed) {
      command.addAll(List.of("--not", "--remotes=" + remote));
    }
    command.add("--");
    return git.names(command.toArray(String[]::new));
  }

  private boolean touch(Optional<List<String>> names) {
    return names.isEmpty() || names.get().stream().anyMatch(paths::contain);
  }

  /**
   * The ref of which other scripts are pushed than lie in the working tree, which is what a check
   * reads; empty when there is none.
   */
  public Optional<String> unlike(List<PushedRef> refs) {
    return refs.stream()
        .filter(ref -> !ref.isDeletion())
        .filter(
            ref ->
                !git.succeeds(
                    Stream.concat(
                            Stream.of("diff", "--quiet", "--no-ext-diff", ref.localOid(), "--"),
                            paths.names().stream())
                        .toArray(String[]::new)))
        .map(PushedRef::localRef)
        .findFirst();
  }
}
