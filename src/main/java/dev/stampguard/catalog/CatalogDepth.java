package dev.stampguard.catalog;

/** How much of each object is read. */
public enum CatalogDepth {
  /** That it exists; deparses nothing and waits for no lock. */
  NAMES("catalog-names"),
  /** Its canonical definition as well; waits for whoever is changing it. */
  DEFINITIONS("catalog-definitions");

  private final String resource;

  CatalogDepth(String resource) {
    this.resource = resource;
  }

  /** The SQL resource that reads at this depth. */
  String resource() {
    return resource;
  }
}
