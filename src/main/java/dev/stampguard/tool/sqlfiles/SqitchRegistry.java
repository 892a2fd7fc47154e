package dev.stampguard.tool.sqlfiles;

import dev.stampguard.catalog.Identifiers;
import dev.stampguard.catalog.QualifiedName;
import java.util.List;

/** The tables of Sqitch's registry, release 1.1. */
final class SqitchRegistry {
  /** What stands beside the table of changes. */
  static final List<String> COMPANIONS =
      List.of("releases", "projects", "tags", "dependencies", "events");

  private SqitchRegistry() {}

  /**
   * SQL that makes them.
   *
   * @param changes the table of changes
   */
  static String create(QualifiedName changes) {
    return """
      CREATE SCHEMA IF NOT EXISTS %1$s;
      CREATE TABLE %1$s.releases (
          version         REAL        PRIMARY KEY,
          installed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
          installer_name  TEXT        NOT NULL,
          installer_email TEXT        NOT NULL
      );
      CREATE TABLE %1$s.projects (
          project         TEXT        PRIMARY KEY,
          uri             TEXT            NULL UNIQUE,
          created_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
          creator_name    TEXT        NOT NULL,
          creator_email   TEXT        NOT NULL
      );
      CREATE TABLE %1$s.changes (
          change_id       TEXT        PRIMARY KEY,
          script_hash     TEXT            NULL,
          change          TEXT        NOT NULL,
          project         TEXT        NOT NULL REFERENCES %1$s.projects(project) ON UPDATE CASCADE,
          note            TEXT        NOT NULL DEFAULT '',
          committed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
          committer_name  TEXT        NOT NULL,
          committer_email TEXT        NOT NULL,
          planned_at      TIMESTAMPTZ NOT NULL,
          planner_name    TEXT        NOT NULL,
          planner_email   TEXT        NOT NULL,
          UNIQUE(project, script_hash)
      );
      CREATE TABLE %1$s.tags (
          tag_id          TEXT        PRIMARY KEY,
          tag             TEXT        NOT NULL,
          project         TEXT        NOT NULL REFERENCES %1$s.projects(project) ON UPDATE CASCADE,
          change_id       TEXT        NOT NULL REFERENCES %1$s.changes(change_id) ON UPDATE CASCADE,
          note            TEXT        NOT NULL DEFAULT '',
          committed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
          committer_name  TEXT        NOT NULL,
          committer_email TEXT        NOT NULL,
          planned_at      TIMESTAMPTZ NOT NULL,
          planner_name    TEXT        NOT NULL,
          planner_email   TEXT        NOT NULL,
          UNIQUE(project, tag)
      );
      CREATE TABLE %1$s.dependencies (
          change_id       TEXT        NOT NULL REFERENCES %1$s.changes(change_id) ON UPDATE CASCADE ON DELETE CASCADE,
          type            TEXT        NOT NULL,
          dependency      TEXT        NOT NULL,
          dependency_id   TEXT            NULL REFERENCES %1$s.changes(change_id) ON UPDATE CASCADE
              CONSTRAINT dependencies_check CHECK (
                  (type = 'require'  AND dependency_id IS NOT NULL)
               OR (type = 'conflict' AND dependency_id IS NULL)),
          PRIMARY KEY (change_id, dependency)
      );
      CREATE TABLE %1$s.events (
          event           TEXT        NOT NULL CONSTRAINT events_event_check CHECK (
              event IN ('deploy', 'revert', 'fail', 'merge')),
          change_id       TEXT        NOT NULL,
          change          TEXT        NOT NULL,
          project         TEXT        NOT NULL REFERENCES %1$s.projects(project) ON UPDATE CASCADE,
          note            TEXT        NOT NULL DEFAULT '',
          requires        TEXT[]      NOT NULL DEFAULT '{}',
          conflicts       TEXT[]      NOT NULL DEFAULT '{}',
          tags            TEXT[]      NOT NULL DEFAULT '{}',
          committed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
          committer_name  TEXT        NOT NULL,
          committer_email TEXT        NOT NULL,
          planned_at      TIMESTAMPTZ NOT NULL,
          planner_name    TEXT        NOT NULL,
          planner_email   TEXT        NOT NULL,
          PRIMARY KEY (change_id, committed_at)
      );
      INSERT INTO %1$s.releases (version, installer_name, installer_email)
      VALUES (1.1, 'stampguard', 'stampguard@localhost')"""
        .formatted(Identifiers.quote(changes.schema()));
  }
}
