package dev.stampguard.repair.graft;

import java.util.Locale;

/** What objects are told apart by, in the order in which it is changed. */
public enum TraitKind {
  /** What cannot be changed at all: how a table is partitioned, what a domain is of. */
  KIND,
  /** The whole of a constraint, index, trigger or aggregate. */
  DEFINITION,
  /** Arguments and result of a function, which only another function can have otherwise. */
  SIGNATURE(Role.ASIDE),
  /** How many of its arguments may be left out; not fewer than now. */
  DEFAULTS(Role.ASIDE),
  FUNCTION,
  /** The columns of a view; further ones may come behind them. */
  VIEW_COLUMNS(Role.ASIDE),
  VIEW,
  VIEW_DEFAULT,
  /** That a column is there, and whether its table has it from a parent only. */
  COLUMN(Role.CREATION),
  /** The same, when it must be filled before it may refuse nulls. */
  NULLABLE_COLUMN(Role.CREATION),
  COLUMN_OPTIONS,
  TYPE,
  GENERATED,
  NOT_NULL,
  IDENTITY,
  /** A sequence, or one that a column owns. */
  SEQUENCE,
  /** That a sequence goes when its column does. */
  SEQUENCE_OWNER(Role.CREATION),
  DEFAULT,
  /** For a column that its parent's came with one to. */
  NO_DEFAULT(Role.CREATION),
  /** Where a sequence that is new has to go on, for the rows that are there. */
  POSITION(Role.CREATION),
  /** What only {@code pg_dump} minds: how a column is stored and counted. */
  SETTING(Role.CREATION),
  PERSISTENCE,
  SCHEMA,
  OF_TYPE,
  INHERITS,
  PARTITION_OF,
  /** How to make a partition with the very checks of its parent. */
  LIKE_PARENT(Role.CREATION),
  ROW_SECURITY,
  FORCED_ROW_SECURITY,
  /** A constraint of a domain. */
  CONSTRAINT,
  /** A value of an enum. */
  LABEL(Role.ASIDE),
  /** A part of a composite type. */
  ATTRIBUTE(Role.ASIDE),
  RULE,
  RULE_STATE,
  /** Whether a trigger fires. */
  STATE,
  /** That every row was looked at for a constraint. */
  VALIDATED,
  REPLICA_IDENTITY;

  private final Role role;

  TraitKind() {
    this(Role.COMPARED);
  }

  TraitKind(Role role) {
    this.role = role;
  }

  private enum Role {
    COMPARED,
    /** Looked at by a rule of its own. */
    ASIDE,
    /** Only of use when its object is made. */
    CREATION
  }

  /** The kind of this word in {@code sql/graft-traits.sql}. */
  public static TraitKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  boolean isCompared() {
    return role == Role.COMPARED;
  }

  /** In words, for a person. */
  String told() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
