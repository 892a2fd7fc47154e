package dev.stampguard.config;

import dev.stampguard.ExitCode;
import dev.stampguard.StampguardException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Accepted drift: objects that one finding leaves out.
 *
 * @param code the finding's code, for example {@code SG112}
 * @param glob a pattern over the object's whole name, for example {@code table public.legacy_*}
 * @param reason why it is accepted
 * @param where the place that says so, for example {@code stampguard.properties:7 ignore}
 */
public record IgnoreRule(String code, String glob, String reason, String where) {
  private static final String NO_REASON = "no reason given";

  /** The reason starts at a {@code #} after a blank that is not inside a quoted identifier. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<code>SG1(?:0[1-9]|1\\d|20)):\\s*(?<glob>(?:\"[^\"]*\"|[^\"\\s#])(?:\"[^\"]*\"|[^\"\\s]|\\s(?!#))*)"
              + "(?:\\s+#(?<reason>.*))?");

  public IgnoreRule {
    Objects.requireNonNull(code);
    Objects.requireNonNull(glob);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(where);
  }

  /**
   * Reads {@code CODE:glob # reason}; the reason may be missing.
   *
   * @throws StampguardException (usage) when the text has another form
   */
  static IgnoreRule parse(Setting setting) {
    Matcher rule = FORM.matcher(setting.value());
    if (!rule.matches()) {
      throw new StampguardException(
          ExitCode.USAGE,
          "`%s` is not of the form `CODE:object # reason`".formatted(setting.where()),
          "ignore=SG112:table public.legacy_* # kept for the old reports");
    }
    String reason = rule.group("reason");
    return new IgnoreRule(
        rule.group("code"),
        rule.group("glob").strip(),
        reason == null || reason.isBlank() ? NO_REASON : reason.strip(),
        setting.where());
  }

  /**
   * Whether the rule takes an object out of a finding.
   *
   * @param findingCode the finding's code
   * @param object the object's name as output prints it, for example {@code table public.legacy_a}
   */
  public boolean matches(String findingCode, String object) {
    return code.equals(findingCode) && new Glob(glob).matches(object);
  }
}
