package dev.stampguard.tool.alembic.replay;

/** What connects to the database and configures Alembic before the revisions run. */
public enum DriverEnvironment {
  /** Ours: nothing of the project runs but its scripts. */
  OWN,
  /** The project's own {@code env.py}, with everything it imports. */
  PROJECT
}
