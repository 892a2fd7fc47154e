#!/bin/sh
# Writes the cache of loaded classes with which the launcher's JVM starts in a fraction of the time:
# for JDK 24 and newer an AOT cache (JEP 483), for older ones an archive of class data. Called by the
# build, with the commands that people run; without PostgreSQL's server programs on the machine they
# get no further than the connection.
# Arguments: the directory of stampguard-run.jar, the home of the JDK that the launcher would use.
# Never fails: without a cache everything works, and starts more slowly.
app=$1
jdk=$2
here=$(cd "$(dirname "$0")" && pwd) || exit 0
rm -f "$app"/stampguard-*.aot "$app"/stampguard-*.jsa
if [ ! -d "$app/app" ]; then
  exit 0 # a native build
fi

runtime=
major=0
while IFS= read -r line; do
  case $line in
  JAVA_RUNTIME_VERSION=*)
    runtime=${line#*\"}
    runtime=${runtime%\"*}
    ;;
  JAVA_VERSION=*)
    major=${line#*\"}
    major=${major%%[!0-9]*}
    ;;
  esac
done <"$jdk/release" 2>/dev/null
case $runtime in
'' | */*) exit 0 ;;
esac
work=$(mktemp -d) || exit 0
finish() {
  # Ends the server, whose shell reads from here.
  exec 9>&-
  wait
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 0' HUP INT TERM PIPE

if [ "$major" -ge 24 ]; then
  cache=$app/stampguard-$runtime.aot
  set -- -XX:AOTMode=record "-XX:AOTConfiguration=$work/seen"
else
  cache=$app/stampguard-$runtime.jsa
  set -- "-XX:ArchiveClassesAtExit=$cache.new"
fi

# A server for the commands to talk to, as a replay starts one; the last one found.
server=
on_path=$(command -v initdb) || on_path=
for bin in /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/lib/postgresql/*/bin "${on_path%/*}"; do
  if [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] && [ -x "$bin/psql" ]; then
    server=$bin
  fi
done
nobody=postgresql://trainee@127.0.0.1:1/training
url=$nobody
mkfifo "$work/stay"
if [ -n "$server" ]; then
  scratch=$here/../resources/scratch
  (cd / && sh "$scratch/drop-root.sh" "$server" sh "$scratch/server.sh" "$server" trainee \
    <"$work/stay" >"$work/started" 2>"$work/log") &
  exec 9>"$work/stay"
  tries=0
  while [ ! -s "$work/started" ] && [ "$tries" -lt 300 ] && kill -0 $! 2>/dev/null; do
    sleep 0.1
    tries=$((tries + 1))
  done
  if read -r directory <"$work/started"; then
    url="postgresql://trainee@/postgres?host=$directory"
    "$server/psql" -qX "$url" -f "$here/training/database.sql" >"$work/log" 2>&1
  fi
fi

cd "$here/training/project" || exit 0
# Where the first check leaves its answer for the second, and nothing stays.
XDG_CACHE_HOME=$work/caches
export XDG_CACHE_HOME
options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MaxNewSize=32m'
# Commands that find nothing, commands that find something, and words that are none.
# shellcheck disable=SC2086 # options are several words
"$jdk/bin/java" $options "$@" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
  -cp "$app/stampguard-run.jar" dev.stampguard.cli.Training >"$work/said" 2>"$work/log" <<END
--version
help
help SG102
help check
completion bash
__complete revisions
check --url $url
check --url $url
check --url $url --output json
check --url $url --nonsense
check --url $nobody
diagnose --url $url --scratch none
history --url $url
target --url $url
END
if [ -s "$work/seen" ]; then
  # shellcheck disable=SC2086
  "$jdk/bin/java" $options -XX:AOTMode=create "-XX:AOTConfiguration=$work/seen" \
    "-XX:AOTCache=$cache.new" -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -cp "$app/stampguard-run.jar" >"$work/said" 2>"$work/log"
fi
# Whole or not at all: the JVM notices a cache that is cut short, but not every damage.
if [ -s "$cache.new" ]; then
  mv "$cache.new" "$cache"
fi
rm -f "$cache.new"
exit 0
