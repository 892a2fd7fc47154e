package dev.stampguard.catalog;

import java.util.List;

/** Looks at one database again and again, and tells what changed in between. */
public interface CatalogWatch {
  /** Looks away, for whoever only wants the statements run. */
  CatalogWatch NONE =
      new CatalogWatch() {
        @Override
        public List<CatalogChange> changes() {
          return List.of();
        }

        @Override
        public boolean isProven() {
          return true;
        }
      };

  /**
   * What changed since the last look, or since the watch began; sorted by object.
   *
   * @throws dev.stampguard.StampguardException when the catalog cannot be read
   */
  List<CatalogChange> changes();

  /** Whether what was seen so far, change by change, is what a full read finds now. */
  boolean isProven();
}
