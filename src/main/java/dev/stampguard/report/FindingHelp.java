package dev.stampguard.report;

import dev.stampguard.diagnosis.FindingCode;
import java.util.Objects;

/**
 * What a finding's code means, for {@code help SG102}.
 *
 * @param code the code
 * @param meaning what happened, and how such a thing comes about
 * @param signature what in the database or the scripts gives it away
 * @param remedy what ends it, and what does not
 */
public record FindingHelp(FindingCode code, String meaning, String signature, String remedy) {
  public FindingHelp {
    Objects.requireNonNull(code);
    Objects.requireNonNull(meaning);
    Objects.requireNonNull(signature);
    Objects.requireNonNull(remedy);
  }

  /** The catalogue's entry for a code. */
  public static FindingHelp of(FindingCode code) {
    return switch (code) {
      case SG101 ->
          new FindingHelp(
              code,
              "The ledger says the schema is there, and none of its tables is. Usually a test suite"
                  + " dropped all tables, or somebody reset the schema, and the ledger survived.",
              "The ledger has rows; of the tables that the recorded revisions own, none exists.",
              "`stampguard repair`: it sets the ledger back to base and upgrades. Where types or"
                  + " functions survived, that upgrade would fail with \"already exists\": then"
                  + " `graft` the missing objects or `recreate` the database.");
      case SG102 ->
          new FindingHelp(
              code,
              "The newest recorded revisions never ran. Somebody stamped the ledger by hand, or a"
                  + " start-up script stamped the head after an upgrade had failed. The migration"
                  + " tool now believes it is done, so its upgrade does nothing.",
              "Everything up to one state is there, and nothing of the recorded revisions after it.",
              "`stampguard repair`: by `restamp` it sets the ledger to the true state, then upgrades."
                  + " Stamping the head once more changes nothing.");
      case SG103 ->
          new FindingHelp(
              code,
              "A revision in the middle of the recorded history never ran while later ones did:"
                  + " history was rewritten, an ancestor was inserted later, or the tool skipped a"
                  + " script that was older than the newest one applied.",
              "Nothing of a recorded revision is there, and revisions that follow it are.",
              "`stampguard repair`: by `missing` it runs exactly the absent revisions and leaves the"
                  + " ledger alone. Setting the ledger back cannot help, because the revisions after"
                  + " the hole would run twice.");
      case SG104 ->
          new FindingHelp(
              code,
              "Some of what a recorded revision creates is there and some is not: a script that was"
                  + " already released was edited, or one that runs outside a transaction stopped"
                  + " halfway.",
              "Of the objects of one recorded revision, some exist and some do not.",
              "`stampguard repair`: by `graft` it creates exactly the missing objects. Running the"
                  + " revision again would stop at the first object that is there.");
      case SG105 ->
          new FindingHelp(
              code,
              "An object exists, but not as the last revision that wrote it left it: another type,"
                  + " default, constraint, index, function body or set of enum labels. Somebody"
                  + " changed the database by hand, or a released script was edited.",
              "The object's definition is neither the one before its revision nor the one after it.",
              "Decide which of the two is right: write a revision that makes the change, undo the"
                  + " change, or accept it with a rule `ignore=SG105:GLOB # reason`. Where the scripts are"
                  + " right, `stampguard repair --strategy graft --redefine` makes it as they say.");
      case SG106 ->
          new FindingHelp(
              code,
              "The tables were created from the application's models and the ledger was stamped, so"
                  + " no revision ran. What models do not describe was never made: extensions,"
                  + " functions, triggers, views, policies, partial indexes.",
              "No table and no column is missing, and at least half of what only migrations create"
                  + " is, from several revisions; no state of the history explains it.",
              "`stampguard repair`: by `graft` it creates exactly the missing objects. Running the"
                  + " revisions again would stop at the tables that are there, and data that revisions"
                  + " would have written has to be looked for as well.");
      case SG107 ->
          new FindingHelp(
              code,
              "Objects of revisions that the ledger does not know are already there. A script ran"
                  + " without being recorded, or the tables were created from the models. The next"
                  + " upgrade will fail with \"already exists\".",
              "The ledger is behind the state that the objects show.",
              "`stampguard repair`: by `restamp` it sets the ledger forward, where it is proven that"
                  + " whole revisions are there. Half of a revision has to be completed or removed by"
                  + " hand.");
      case SG108 ->
          new FindingHelp(
              code,
              "An upgrade ended with success and committed nothing: neither the ledger nor the schema"
                  + " changed, though there was something to do. Usually it ran against another"
                  + " database, or its transaction was rolled back at the end because nothing"
                  + " committed it.",
              "`stampguard exec -- COMMAND` looks before and after: both looks show the same, revisions"
                  + " are missing or pending, and the command's exit code was 0.",
              "Compare the URL that the command uses with `stampguard target`. With Alembic, see that"
                  + " `env.py` runs the migrations inside `context.begin_transaction()`, and commits"
                  + " a connection that it was given from outside.");
      case SG109 ->
          new FindingHelp(
              code,
              "The scripts end in more than one head, or the ledger holds several rows where one was"
                  + " meant. Two branches each added a revision and nobody joined them. It is an error"
                  + " when no history at all explains the ledger's rows.",
              "More than one revision is nobody's parent, or one of the ledger's rows is an ancestor"
                  + " of another.",
              "Add a revision that merges the heads. A ledger row that another row already implies"
                  + " has to go: `stampguard repair` sets the ledger to its heads by `restamp`.");
      case SG110 ->
          new FindingHelp(
              code,
              "The ledger names a revision that none of the scripts defines: the code is on another"
                  + " branch or was rolled back, or several branches share one database.",
              "A ledger row is not the id of any script.",
              "Bring back the branch that has the script. Else compare: the true state names the"
                  + " revisions whose objects are there, and `restamp` sets the ledger to it, with"
                  + " `--allow forgets-unknown-revision`: the row stays in the backup only.");
      case SG111 ->
          new FindingHelp(
              code,
              "The scripts cannot build a database from nothing: one of them needs a relation that"
                  + " nothing before it creates. Existing databases go on working; a new one, a test"
                  + " run or a rebuild after dropping everything does not. As an error: the scripts"
                  + " are not one readable history, or a recorded one does not run and does not tell"
                  + " what it leaves behind. The verdict is then unknown, whatever else is found.",
              "A revision needs a relation; no revision before it creates that relation. Or a script"
                  + " cannot be loaded, or what it continues is not there. Or a recorded revision"
                  + " fails in a replay, or is a program that nothing has run, and of its script"
                  + " nothing could be read.",
              "Repair the named script, or add a revision before it that creates what it lacks. Until"
                  + " then do not drop a database in the hope of migrating it anew. What a script that"
                  + " does not run left behind is known to a database that is right: `stampguard"
                  + " diagnose --reference DATABASE`. A program is run by the command that the setting"
                  + " `replay.command` names. Where it does not matter what one leaves, accept it with"
                  + " a rule `ignore=SG111:revision ID # reason`.");
      case SG112 ->
          new FindingHelp(
              code,
              "The database holds objects that none of the scripts creates: made by hand, by another"
                  + " program, or by a script that is gone.",
              "An object is in the catalog and in no revision.",
              "Nothing has to end it, and stampguard never drops such an object. If it is meant to be"
                  + " there, accept it with a rule `ignore=SG112:GLOB # reason`.");
      case SG113 ->
          new FindingHelp(
              code,
              "The migration tool itself marked a migration as failed, and runs no other until that"
                  + " mark is gone. With PostgreSQL that happens to scripts that run outside of a"
                  + " transaction, such as a concurrent index build, and half of them may be there.",
              "The ledger's own mark: with Flyway and sqlx a row whose `success` is false, with"
                  + " golang-migrate `dirty`, with Prisma a row without `finished_at`.",
              "`stampguard repair` decides by what is in the database: where all of it is there the"
                  + " row is set right, where nothing is the migration runs again, and where a part"
                  + " is the rest is made by `graft`. Look first why it failed.");
      case SG114 ->
          new FindingHelp(
              code,
              "The script of an applied revision was edited: what ran in this database is not what is"
                  + " in the repository. A database that is built anew may differ from this one.",
              "The script's digest is not the one in `stampguard.lock`, or its checksum not the one in the"
                  + " ledger. Running both scripts tells a"
                  + " cosmetic edit, which leaves the same behind, from a real one. `check --offline`"
                  + " gives it, as an error, also for a lock file that lacks a revision, has one too"
                  + " many or another parent of one, or cannot be read.",
              "Cosmetic: `stampguard snapshot` takes note of it, and `stampguard repair --strategy restamp`"
                  + " sets a checksum in the ledger. Real: bring the applied script back"
                  + " and put the change into a new revision. Not known: `stampguard diagnose --scratch"
                  + " auto` runs both. Where only the lock is behind, `stampguard snapshot`.");
      case SG115 ->
          new FindingHelp(
              code,
              "A migration came into the scripts below those that are applied already, mostly from a"
                  + " branch that was merged late. The tool refuses to migrate, or skips it for ever.",
              "A version is not recorded, a later one is, and the tool is not set to run migrations"
                  + " out of order.",
              "`stampguard repair --strategy missing` runs and records exactly it. Or give it a"
                  + " version above the others, or let the tool run it (Flyway: `outOfOrder`).");
      case SG116 ->
          new FindingHelp(
              code,
              "An index is there and PostgreSQL does not use it: building it with CONCURRENTLY failed"
                  + " and left it invalid. `CREATE INDEX IF NOT EXISTS` finds its name taken and skips"
                  + " it for ever.",
              "The index is marked invalid in `pg_index`.",
              "First look why the build failed: a unique index fails on rows that are equal. Then"
                  + " `stampguard repair` builds an index that a script creates again, by `REINDEX"
                  + " INDEX` in one transaction; on a table with rows nobody can use the table"
                  + " meanwhile. By hand `REINDEX INDEX CONCURRENTLY` locks nobody out. One that no"
                  + " script creates, and whose name ends in `_ccnew` or `_ccold`, was left by such a"
                  + " REINDEX: drop it.");
      case SG117 ->
          new FindingHelp(
              code,
              "The ledger is not where the migration tool will look, or there are two of them in one"
                  + " database, of one tool or of two. What one run records, another does not see.",
              "A ledger lies outside the search path of this connection, more than one has the tool's"
                  + " name, or another migration tool, which this project does not use, has a ledger"
                  + " with rows here.",
              "Find out which one the tool reads, in its configuration and in the role's"
                  + " `search_path`; then name the schema explicitly and retire the other one. Of two"
                  + " tools name the one that is meant with `--tool`.");
      case SG118 ->
          new FindingHelp(
              code,
              "The database of this run is perhaps not the one that was meant: the environment and"
                  + " `.env` name different ones, or a policy for this run forbids this one. Under a"
                  + " policy it is an error.",
              "Two sources disagree about the database, or `policy.database` or the policy of the"
                  + " kind of run (`--run`, `STAMPGUARD_RUN`) does not allow it; `stampguard target`"
                  + " lists both.",
              "Unset the variable that wins, or `switch`: `stampguard target use DATABASE` changes"
                  + " `.env` and nothing else.");
      case SG119 ->
          new FindingHelp(
              code,
              "There is no ledger, or an empty one, although the schema is there: the tables were"
                  + " created from the models, restored without the ledger, or the ledger was emptied."
                  + " The next upgrade starts at the first revision and fails with \"already exists\".",
              "No ledger rows, and objects of the scripts exist. Or: the ledger's version column is"
                  + " narrower than the id of a pending revision, and the upgrade will fail when it"
                  + " records that id.",
              "`stampguard repair`: by `restamp` it records the state that is proven to be there. Do"
                  + " not record the head unless it is that state. A narrow column has to be widened"
                  + " first. Where another table looks like the ledger, say in the settings that it"
                  + " is: a restamp, which has to be asked for then, makes a second one.");
      case SG120 ->
          new FindingHelp(
              code,
              "The migration tool keeps a second run of itself out by a lock, and the run that took it"
                  + " seems to be gone: a lock row stays when its holder dies, and a session that"
                  + " nobody uses keeps its advisory lock. The next migration waits or fails.",
              "The lock is held, for more than a minute (a row) or five (an idle session) as far as that"
                  + " is known, while no other session of the database is at work; or for more than a"
                  + " day. Only `diagnose` looks. What sessions of other roles do is seen with"
                  + " `pg_read_all_stats`; without it they count as at work.",
              "Make sure that nobody migrates the database, then release the lock as the hint says:"
                  + " stampguard never does.");
    };
  }
}
