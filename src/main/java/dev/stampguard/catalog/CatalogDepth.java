package dev.stampguard.catalog;

/** How much of each object is read. */
public enum CatalogDepth {
  /** That it exists; deparses nothing and waits for no lock. */
  NAMES,
  /** Its canonical definition as well; waits for whoever is changing it. */
  DEFINITIONS
}
