package dev.stampguard.service.git;

import java.util.Objects;

/**
 * The lines that run in a hook, in the words every POSIX shell knows; they also work under {@code
 * sh -e} and {@code sh -u}, and leave nothing behind for what follows them.
 *
 * @param hook the hook
 * @param command what is run, quoted for a shell
 * @param required whether a program that is not there stops the hook
 */
public record HookBlock(Hook hook, String command, boolean required) {
  /** Git's lines are kept with a dot after them, because a shell drops line ends at the end. */
  private static final String SAVE =
      """
      stampguard_refs=$(cat && echo .) || :
      stampguard_refs=${stampguard_refs%.}
      """;

  /** A here-document adds the line end that is taken off before. */
  private static final String FEED_AGAIN =
      """
      if [ -n "$stampguard_refs" ]; then
        exec <<stampguard_end
      ${stampguard_refs%"
      "}
      stampguard_end
      else
        exec </dev/null
      fi
      unset stampguard_refs
      """;

  private static final String RUN =
      """
      stampguard_code=0
      if command -v stampguard >/dev/null 2>&1; then
        @RUN@ >&2 || stampguard_code=$?
        case $stampguard_code in
          0) ;;
          3) exit 3 ;;
          *) echo "stampguard: no answer (exit code $stampguard_code); the @WHAT@ goes on" >&2 ;;
        esac
      else
        @MISSING@
      fi
      unset stampguard_code
      """;

  public HookBlock {
    Objects.requireNonNull(hook);
    Objects.requireNonNull(command);
  }

  /** The lines between the two that mark them. */
  String lines() {
    return switch (hook) {
      case PRE_PUSH ->
          SAVE
              + run(
                  "{ printf '%s\\n' \"${1-}\"; printf %s \"$stampguard_refs\"; } |\n    " + command)
              + FEED_AGAIN;
      case PRE_COMMIT -> run(command + " </dev/null");
    };
  }

  private String run(String call) {
    String missing =
        required
            ? "echo 'stampguard: not on PATH, and this @WHAT@ must be checked' >&2\n  exit 1"
            : "echo 'stampguard: not on PATH; the @WHAT@ is not checked' >&2";
    return RUN.replace("@MISSING@", missing)
        .replace("@WHAT@", hook.guarded())
        .replace("@RUN@", call);
  }
}
