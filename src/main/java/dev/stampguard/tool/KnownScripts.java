package dev.stampguard.tool;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Scripts that were read before, so that their place in the history need not be read again. */
public interface KnownScripts {
  /** No script was. */
  KnownScripts NONE =
      new KnownScripts() {
        @Override
        public Optional<Revision> find(String file, byte[] content) {
          return Optional.empty();
        }

        @Override
        public Collection<Revision> revisions() {
          return List.of();
        }
      };

  /**
   * The place in the history of a script that has not changed since.
   *
   * @param file its path relative to the project, with forward slashes
   * @param content what is in it now
   * @return empty when it was never read, or was another one then
   */
  Optional<Revision> find(String file, byte[] content);

  /**
   * Revisions whose scripts cannot be read here, and which are taken to be as they were then.
   *
   * @param files tells which scripts those are
   */
  default Collection<Revision> assumed(Predicate<String> files) {
    return List.of();
  }

  /** Every revision that was read then, with no label standing among its parents. */
  Collection<Revision> revisions();
}
