package dev.stampguard.catalog;

/** The closed list of things stampguard knows in a catalog; the label is the contract's word. */
public enum ObjectKind {
  SCHEMA("schema"),
  EXTENSION("extension"),
  /** Enum, domain or composite type. */
  TYPE("type"),
  SEQUENCE("sequence"),
  TABLE("table"),
  COLUMN("column"),
  CONSTRAINT("constraint"),
  INDEX("index"),
  VIEW("view"),
  MATERIALIZED_VIEW("materialized-view"),
  /** Functions and procedures. */
  FUNCTION("function"),
  TRIGGER("trigger"),
  POLICY("policy");

  private final String label;

  ObjectKind(String label) {
    this.label = label;
  }

  /** The word that opens an object name, such as {@code materialized-view}. */
  public String label() {
    return label;
  }

  /** Whether objects of this kind have columns, constraints, indexes or triggers of their own. */
  public boolean isRelation() {
    return this == TABLE || this == VIEW || this == MATERIALIZED_VIEW;
  }

  /** Whether others than migrations commonly make and remake objects of this kind. */
  public boolean isOftenAnothers() {
    return this == EXTENSION || this == SCHEMA || this == FUNCTION;
  }

  /** Whether objects of this kind live inside a relation and fold into it when it is missing. */
  public boolean isInsideRelation() {
    return this == COLUMN
        || this == CONSTRAINT
        || this == INDEX
        || this == TRIGGER
        || this == POLICY;
  }
}
