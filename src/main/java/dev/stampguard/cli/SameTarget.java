package dev.stampguard.cli;

import dev.stampguard.ShellWords;
import dev.stampguard.StampguardException;
import dev.stampguard.target.Masking;
import dev.stampguard.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repeats, in the commands that are printed for what comes next, the options that chose the target:
 * without them they would mean another database. No command repeats a password.
 */
final class SameTarget {
  private static final Pattern COMMAND =
      Pattern.compile("`(?<command>stampguard (?<name>repair|restore|diagnose)\\b[^`]*)`");

  /** The name of a parameter could be a password's, in a form that nobody looks for. */
  private static final Pattern ENCODED_NAME = Pattern.compile("[?&][^=&]*%[^=&]*=");

  private final Setup setup;
  private final CommonOptions common;
  private final BackupOptions backup;
  private final Optional<InspectionOptions> inspection;

  /**
   * @param inspection what the target is compared with; empty for commands that compare nothing
   */
  SameTarget(
      Setup setup,
      CommonOptions common,
      BackupOptions backup,
      Optional<InspectionOptions> inspection) {
    this.setup = Objects.requireNonNull(setup);
    this.common = Objects.requireNonNull(common);
    this.backup = Objects.requireNonNull(backup);
    this.inspection = Objects.requireNonNull(inspection);
  }

  /** A command about backups with the words added. */
  String command(String command) {
    List<String> words = targetWords();
    words.addAll(backupWords());
    return join(command, words);
  }

  /** A {@code repair} with the words added. */
  String repair(String command) {
    return join(command, repairWords());
  }

  /** The words for a {@code repair}. */
  List<String> repairWords() {
    List<String> words = targetWords();
    words.addAll(backupWords());
    words.addAll(inspectionWords());
    return words;
  }

  /** A text for a person with the words added to every command of ours in it. */
  String text(String text) {
    return COMMAND
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement("`" + repeated(found) + "`"));
  }

  private String repeated(MatchResult found) {
    String command = found.group("command");
    return switch (found.group("name")) {
      case "repair" -> repair(command);
      case "restore" -> command(command);
      default -> {
        List<String> words = targetWords();
        words.addAll(inspectionWords());
        yield join(command, words);
      }
    };
  }

  /** The same failure, with the words added to what to do next. */
  StampguardException failure(StampguardException failure) {
    return failure.withHint(
        hint -> {
          String repeated = text(hint);
          return repeated.equals(hint)
              ? hint
              : repeated + remark().map(lack -> "; " + lack).orElse("");
        });
  }

  /** What the commands lack; empty when they run as they are. */
  Optional<String> remark() {
    return Optional.ofNullable(common.url)
        .filter(url -> !withoutPassword(url, "--url").equals(url))
        .map(
            url ->
                "the password in `--url` is not repeated, so set `PGPASSWORD` for the next command");
  }

  private List<String> targetWords() {
    var words = new ArrayList<String>();
    common.targetOptions().forEach((name, value) -> words.addAll(List.of(name, value)));
    Optional.ofNullable(common.url)
        .ifPresent(url -> words.addAll(List.of("--url", withoutPassword(url, "--url"))));
    return words;
  }

  private List<String> backupWords() {
    return backup.directory == null
        ? List.of()
        : List.of("--directory", backup.directory.toString());
  }

  private List<String> inspectionWords() {
    var words = new ArrayList<String>();
    if (inspection.isPresent()) {
      InspectionOptions given = inspection.get();
      Optional.ofNullable(given.reference)
          .ifPresent(
              text -> words.addAll(List.of("--reference", withoutPassword(text, "--reference"))));
      Optional.ofNullable(given.replay.scratch)
          .ifPresent(
              text -> words.addAll(List.of("--scratch", withoutPassword(text, "--scratch"))));
      Optional.ofNullable(given.replay.driverEnvironment)
          .ifPresent(
              whose ->
                  words.addAll(List.of("--driver-env", whose.name().toLowerCase(Locale.ROOT))));
      Optional.ofNullable(given.replay.arguments).orElse(List.of()).stream()
          .map(Masking::mask)
          .forEach(argument -> words.addAll(List.of("-x", argument)));
    }
    return words;
  }

  private static String join(String command, List<String> words) {
    return words.isEmpty() ? command : command + " " + ShellWords.join(words);
  }

  private String withoutPassword(String text, String source) {
    if (isOpen(text)) {
      return text;
    }
    try {
      Target meant = setup.database(text, source);
      String stripped = Masking.withoutPassword(text);
      return isOpen(stripped) && isSame(setup.database(stripped, source), meant)
          ? stripped
          : meant.describe();
    } catch (StampguardException e) {
      return Masking.mask(text);
    }
  }

  private static boolean isOpen(String text) {
    return Masking.mask(text).equals(text) && !ENCODED_NAME.matcher(text).find();
  }

  /** Where a password ends is a guess until what is left is read again. */
  private static boolean isSame(Target left, Target meant) {
    return left.database().equals(meant.database())
        && left.endpoints().equals(meant.endpoints())
        && left.user().equals(meant.user())
        && left.parameters().equals(meant.parameters());
  }
}
