package dev.stampguard.service.repair;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stampguard.ExitCode;
import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.repair.BackupKind;
import dev.stampguard.repair.Strategy;
import dev.stampguard.repair.plan.Decisions;
import dev.stampguard.repair.plan.PlanOptions;
import dev.stampguard.repair.plan.RepairPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan that was reviewed and saved: what it takes to make it again, and to tell whether it is
 * still the same.
 *
 * @param file where it stands, as it was named
 * @param database the database it was made for
 * @param id the plan's id
 * @param strategy the strategy
 * @param fingerprint the catalog it was made for
 * @param ledger the ledger's rows it was made for, sorted
 * @param options what was asked besides
 */
public record SavedPlan(
    Path file,
    String database,
    String id,
    Strategy strategy,
    String fingerprint,
    List<String> ledger,
    PlanOptions options) {
  public SavedPlan {
    Objects.requireNonNull(file);
    Objects.requireNonNull(database);
    Objects.requireNonNull(id);
    Objects.requireNonNull(strategy);
    Objects.requireNonNull(fingerprint);
    ledger = List.copyOf(ledger);
    Objects.requireNonNull(options);
  }

  /**
   * Reads what {@code repair --save} wrote.
   *
   * @throws StampguardException (usage) when it is not a plan, or one without steps
   */
  public static SavedPlan read(Path file) {
    var texts = new HashMap<String, String>();
    var lists = new HashMap<String, List<String>>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      read(json, "", texts, lists);
      return of(file, texts, lists);
    } catch (IOException | RuntimeException e) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` cannot be read as a plan".formatted(file),
          "write one with `stampguard repair --save %s`".formatted(quoted(file)));
    }
  }

  /** Takes down every text and every list of texts by its path; steps are of no interest. */
  private static void read(
      JsonParser json, String path, Map<String, String> texts, Map<String, List<String>> lists)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        read(json, name + ".", texts, lists);
      } else if (token == JsonToken.START_ARRAY) {
        var list = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken().isScalarValue()) {
            list.add(json.getText());
          } else {
            json.skipChildren();
          }
        }
        lists.put(name, list);
      } else if (token != JsonToken.VALUE_NULL) {
        texts.put(name, json.getText());
      }
    }
  }

  private static SavedPlan of(
      Path file, Map<String, String> texts, Map<String, List<String>> lists) {
    return new SavedPlan(
        file,
        texts.get("target.database"),
        texts.get("plan.id"),
        Strategy.valueOf(texts.get("plan.strategy").toUpperCase(Locale.ROOT)),
        texts.get("plan.fingerprint"),
        lists.get("plan.ledger"),
        new PlanOptions(
            new Decisions(
                Set.copyOf(lists.get("plan.options.assume_applied")),
                Set.copyOf(lists.get("plan.options.run"))),
            BackupKind.valueOf(texts.get("plan.options.backup").toUpperCase(Locale.ROOT)),
            Optional.ofNullable(texts.get("plan.options.reference")),
            Optional.ofNullable(texts.get("plan.options.to")),
            Boolean.parseBoolean(texts.get("plan.options.copy_data")),
            Boolean.parseBoolean(texts.get("plan.options.redefine")),
            Boolean.parseBoolean(texts.get("plan.options.terminate")),
            backfills(lists.get("plan.options.backfills"))));
  }

  private static Map<String, String> backfills(List<String> texts) {
    return texts.stream()
        .map(text -> text.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
  }

  /**
   * Requires that a plan made now is the one that was saved.
   *
   * @throws StampguardException (refused) saying what moved
   */
  public void requireSame(RepairPlan now) {
    if (id.equals(now.id())) {
      return;
    }
    if (!database.equals(now.database())) {
      throw new StampguardException(
          ExitCode.REFUSED,
          "the plan `%s` was made for the database `%s`, and the target is `%s`"
              .formatted(file, database, now.database()),
          "name that database, or make a plan for this one with `stampguard repair`");
    }
    String moved =
        !fingerprint.equals(now.fingerprint())
            ? "the schema has changed since"
            : !ledger.equals(now.ledger())
                ? "the ledger has changed since"
                : "its steps would be others now";
    throw new StampguardException(
        ExitCode.REFUSED,
        "the plan `%s` is stale: %s".formatted(file, moved),
        "make it anew with `stampguard repair --save %s`, and review it".formatted(quoted(file)));
  }

  private static String quoted(Path file) {
    return ShellWords.quote(file.toString());
  }
}
