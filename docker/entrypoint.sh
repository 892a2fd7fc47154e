#!/bin/sh
# Guards the start of a container: waits for the database, asks `stampguard check`, and becomes the
# command it was given only when the answer allows it. Without a command the answer is all there is,
# as an init container wants it. Nothing of this is written to standard output: that is the command's.
#
#   ENTRYPOINT ["/opt/stampguard/entrypoint.sh"]
#   CMD ["your-app"]
#
# STAMPGUARD_MODE                refuse (default): anything but a healthy database stops the start
#                                warn: whatever is found is said, and the command starts
#                                repair: what is found is repaired first, by the strategy below only
# STAMPGUARD_ENTRYPOINT_WAIT     how long the database may take to come up (default 60s)
# STAMPGUARD_ENTRYPOINT_PROJECT  where scripts or lock are, when not in the working directory
# STAMPGUARD_REPAIR_STRATEGY     restamp, missing, graft, recreate or switch; `repair` needs it
# STAMPGUARD_REPAIR_ALLOW        the hazards that may be taken, by name, with commas between them
# STAMPGUARD_REPAIR_OPTIONS      more options of `stampguard repair`, with blanks between them
#
# A start that is refused ends with stampguard's own exit code: 3 findings, 5 not reached in time, …
# shellcheck disable=SC2016 # backticks in what people read are no commands
set -u

mode=${STAMPGUARD_MODE:-refuse}
wait=${STAMPGUARD_ENTRYPOINT_WAIT:-60s}
project=${STAMPGUARD_ENTRYPOINT_PROJECT:-}
strategy=${STAMPGUARD_REPAIR_STRATEGY:-}
allow=${STAMPGUARD_REPAIR_ALLOW:-}
options=${STAMPGUARD_REPAIR_OPTIONS:-}

say() {
  printf 'stampguard-entrypoint: %s\n' "$1" >&2
}

# Arguments: exit code, what is wrong, what to do.
refuse() {
  say "$2"
  printf '\nhint: %s\n' "$3" >&2
  exit "$1"
}

# --- signals: a shell that is process 1 hears none that it does not ask for ---

child=
stopped=
stop() {
  stopped=$1
  if [ -n "$child" ]; then
    kill -s TERM "$child" 2>/dev/null
  fi
}
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM

# Runs stampguard to its end and sets `code`; ends this script when it is told to stop meanwhile.
# In the background, because a shell answers no signal while a command in the foreground runs.
stampguard_to_end() {
  if [ -z "$stopped" ]; then
    stampguard "$@" </dev/null >&2 &
    child=$!
    # It came between the two lines above.
    if [ -n "$stopped" ]; then
      kill -s TERM "$child" 2>/dev/null
    fi
    wait "$child"
    code=$?
    # A signal ends `wait` early; what a repair does then, it does to the end.
    while [ -n "$stopped" ] && kill -0 "$child" 2>/dev/null; do
      wait "$child"
    done
    child=
  fi
  if [ -n "$stopped" ]; then
    say 'told to stop; the command was not started'
    exit "$stopped"
  fi
}

# --- what is wrong is said before there is anything to repair ---

case $mode in
refuse | warn | repair) ;;
*) refuse 2 "\`STAMPGUARD_MODE\` cannot be \`$mode\`" 'it is one of `refuse`, `warn`, `repair`' ;;
esac
if [ "$mode" = repair ]; then
  case $strategy in
  restamp | missing | graft | recreate | switch) ;;
  '')
    refuse 2 '`STAMPGUARD_MODE=repair` needs a strategy in `STAMPGUARD_REPAIR_STRATEGY`' \
      '`stampguard diagnose` says which one fits; it is one of `restamp`, `missing`, `graft`, `recreate`, `switch`'
    ;;
  *)
    refuse 2 "\`STAMPGUARD_REPAIR_STRATEGY\` cannot be \`$strategy\`" \
      'it is one of `restamp`, `missing`, `graft`, `recreate`, `switch`'
    ;;
  esac
  # The undo of a repair must not be lost with the container.
  case " ${STAMPGUARD_BACKUP_DIRECTORY:+--directory} $options " in
  *' --directory '* | *' --directory='* | *' --backup none '* | *' --backup=none '*) ;;
  *)
    refuse 2 'the backup that a repair makes first would be lost with this container' \
      'mount a volume and name it in `STAMPGUARD_BACKUP_DIRECTORY`, or say `STAMPGUARD_REPAIR_OPTIONS=--backup=none`'
    ;;
  esac
fi

# --- the gate ---

check() {
  if command -v stampguard >/dev/null; then
    stampguard_to_end check --wait "$wait" ${project:+--project} ${project:+"$project"}
  else
    say '`stampguard` is not on the PATH'
    code=127
  fi
}

repair() {
  # Several words each; none of them is a pattern of file names.
  set -f
  # shellcheck disable=SC2086
  set -- ${allow:+--allow} ${allow:+"$allow"} $options
  set +f
  say "repairing: strategy \`$strategy\`"
  stampguard_to_end repair --apply --yes --strategy "$strategy" --wait "$wait" \
    ${project:+--project} ${project:+"$project"} "$@"
}

# What to do about an exit code of check.
advice() {
  case $1 in
  2) echo 'the configuration is wrong: see above' ;;
  3) echo '`stampguard diagnose`, run in this image instead of the command, tells what is wrong and what ends it' ;;
  4) echo 'somebody is changing the schema: start again when that is done, or wait longer with `STAMPGUARD_ENTRYPOINT_WAIT`' ;;
  5) echo 'see above; a database that takes longer to come up needs a longer `STAMPGUARD_ENTRYPOINT_WAIT`' ;;
  127) echo 'copy /opt of an image of stampguard into this one, and put /opt/stampguard on the PATH' ;;
  *) echo '`stampguard check --verbose` may say more' ;;
  esac
}

check
if [ "$code" -eq 3 ] && [ "$mode" = repair ]; then
  repair
  if [ "$code" -ne 0 ]; then
    refuse "$code" "not repaired (exit code $code); the command was not started" \
      'see above; a hazard is allowed by its name in `STAMPGUARD_REPAIR_ALLOW`, another way is named in `STAMPGUARD_REPAIR_STRATEGY`; `stampguard repair`, run in this image instead of the command, shows the plan'
  fi
  check
fi
if [ "$code" -ne 0 ]; then
  if [ "$mode" != warn ]; then
    refuse "$code" "refused (exit code $code); the command was not started" "$(advice "$code")"
  fi
  say "WARNING: the check ended with $code, and the command is started all the same (\`STAMPGUARD_MODE=warn\`)"
fi
if [ $# -eq 0 ]; then
  if [ "$mode" = warn ]; then
    exit 0
  fi
  exit "$code"
fi
if [ -n "$stopped" ]; then
  say 'told to stop; the command was not started'
  exit "$stopped"
fi
trap - HUP INT TERM
exec "$@"
