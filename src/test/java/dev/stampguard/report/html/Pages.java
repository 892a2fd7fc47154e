package dev.stampguard.report.html;

import dev.stampguard.diagnosis.Diagnoser;
import dev.stampguard.diagnosis.Diagnosis;
import dev.stampguard.diagnosis.Facts;
import dev.stampguard.diagnosis.Sibling;
import dev.stampguard.diagnosis.Verdict;
import dev.stampguard.expectation.Expectation;
import dev.stampguard.repair.WaysOut;
import dev.stampguard.report.DiagnosisReport;
import dev.stampguard.report.Discrepancy;
import dev.stampguard.report.Incident;
import dev.stampguard.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases whose page is looked at: a small one with a bit of everything, and a large one. */
final class Pages {
  private Pages() {}

  /** Twenty revisions on branches that meet again, with damage of every kind. */
  static DiagnosisReport small() {
    var world =
        new World()
            .source(Expectation.Source.LOCK)
            .revision(
                "0001_accounts",
                "",
                "+accounts:table +accounts.id:bigint_not_null"
                    + " +accounts.email:character_varying(255)_not_null"
                    + " +accounts.created:timestamp_with_time_zone")
            .revision(
                "0002_orders",
                "0001_accounts",
                "+orders:table +orders.id:bigint_not_null +orders.total:numeric(12,2)")
            .revision(
                "0003_audit_log",
                "0002_orders",
                "+audit:table +audit.id:bigint_not_null +audit.entry:jsonb")
            .revision(
                "0004_order_lines",
                "0002_orders",
                "+lines:table +lines.id:bigint +lines.price:numeric(12,2)")
            .revision(
                "0005_audit_index",
                "0003_audit_log",
                "+audit#ix_audit_entry:CREATE_INDEX_ix_audit_entry_ON_public.audit_USING_gin_(entry)")
            .revision("0006_backfill_prices", "0004_order_lines", "")
            .revision("0007_join_audit_and_lines", "0005_audit_index 0006_backfill_prices", "")
            .revision(
                "0008_invoices",
                "0007_join_audit_and_lines",
                "+invoices:table +invoices.id:bigint +invoices.number:text")
            .revision(
                "0009_wider_email",
                "0008_invoices",
                "=accounts.email:character_varying(320)_not_null")
            .revision(
                "0010_shipping",
                "0009_wider_email",
                "+shipments:table +shipments.id:bigint +shipments.sent:timestamp_with_time_zone +carriers:table +carriers.id:bigint +carriers.name:text")
            .revision(
                "0011_returns",
                "0009_wider_email",
                "+returns:table +returns.id:bigint +returns.reason:text +returns.line:bigint +returns.opened:date +returns.closed:date")
            .revision(
                "0012_touch_trigger",
                "0010_shipping",
                "0008_invoices",
                "+touch():CREATE_FUNCTION_public.touch()_RETURNS_trigger +orders!touch:CREATE_TRIGGER_touch_BEFORE_UPDATE_ON_public.orders")
            .revision(
                "0013_return_labels",
                "0011_returns",
                "+labels:table +labels.id:bigint +labels.printed:boolean")
            .revision(
                "0014_coupons",
                "0009_wider_email",
                "+coupons:table +coupons.id:bigint +coupons.code:text")
            .revision("0015_merge_three", "0012_touch_trigger 0013_return_labels 0014_coupons", "")
            .revision(
                "0016_customer_notes",
                "0015_merge_three",
                "+notes:table +notes.id:bigint +notes.text:text")
            .revision(
                "0017_order_status",
                "0016_customer_notes",
                "+orders.status:text +orders#ix_orders_status:CREATE_INDEX_ix_orders_status_ON_public.orders_USING_btree_(status)")
            .revision(
                "0018_tags", "0017_order_status", "+tags:table +tags.id:bigint +tags.name:text")
            .revision(
                "0019_ratings",
                "0018_tags",
                "+ratings:table +ratings.id:bigint +ratings.stars:smallint")
            .revision("0020_wishlists", "0019_ratings", "+wishes:table +wishes.id:bigint")
            .catalog(
                "accounts:table accounts.id:bigint_not_null accounts.email:text"
                    + " accounts.created:timestamp_with_time_zone orders:table"
                    + " orders.id:bigint_not_null orders.total:numeric(12,2) audit:table"
                    + " audit.id:bigint_not_null audit.entry:jsonb lines:table lines.id:bigint"
                    + " lines.price:numeric(12,2)"
                    + " audit#ix_audit_entry:CREATE_INDEX_ix_audit_entry_ON_public.audit_USING_gin_(entry)"
                    + " invoices:table invoices.id:bigint invoices.number:text shipments:table"
                    + " shipments.id:bigint shipments.sent:timestamp_with_time_zone"
                    + " touch():CREATE_FUNCTION_public.touch()_RETURNS_trigger"
                    + " orders!touch:CREATE_TRIGGER_touch_BEFORE_UPDATE_ON_public.orders coupons:table"
                    + " coupons.id:bigint coupons.code:text notes:table notes.id:bigint notes.text:text"
                    + " orders.status:text tags:table tags.id:bigint tags.name:text ratings:table"
                    + " ratings.id:bigint legacy_import:table legacy_import.id:bigint old_jobs:table")
            .accept("SG112", "table public.old_jobs", "kept for the old reports")
            .ledger("0017_order_status");
    return report(
        world,
        List.of(
            new Sibling("devmatrix_stage", Verdict.BEHIND, 14),
            new Sibling("devmatrix_test", Verdict.CONSISTENT, 15)));
  }

  /** Eight hundred revisions: some branches, the last recorded ones hollow, a few pending. */
  static DiagnosisReport large() {
    var world = new World().source(Expectation.Source.LOCK);
    var catalog = new ArrayList<String>();
    for (int i = 1; i <= 800; i++) {
      String made = "t%03d:table t%03d.id:bigint".formatted(i, i);
      world.revision(id(i), parents(i), "+" + made.replace(" ", " +"));
      if (i <= 772) {
        catalog.add(made);
      }
    }
    return report(
        world.catalog(String.join(" ", catalog)).ledger(id(790)),
        List.of(new Sibling("devmatrix_test", Verdict.CONSISTENT, 801)));
  }

  /** A chain that forks at every tenth revision and is one again five later. */
  private static String parents(int i) {
    return switch (i % 10) {
      case 2 -> id(i - 1);
      case 3 -> id(i - 2);
      case 4 -> id(i - 2);
      case 5 -> id(i - 1) + " " + id(i - 2);
      default -> i == 1 ? "" : id(i - 1);
    };
  }

  private static String id(int i) {
    return "rev%03d".formatted(i);
  }

  private static DiagnosisReport report(World world, List<Sibling> siblings) {
    Facts facts = world.facts();
    Diagnosis diagnosis = Diagnoser.diagnose(facts);
    return new DiagnosisReport(
            DiagnosisReport.Command.DIAGNOSE,
            diagnosis,
            Incident.TARGET,
            "alembic",
            "migrations",
            Optional.of(siblings),
            Optional.of(WaysOut.judge(world.graph(), diagnosis, world.gaps(), siblings)))
        .with(Discrepancy.all(diagnosis, facts.expectation(), facts.catalog()));
  }
}
