#!/usr/bin/env bash
# Builds every image of this directory and runs them: the entrypoint's modes, its exit codes and
# signals, and the demonstration of compose.yaml. Takes some minutes.
#
#   docker/test.sh                        everything, on what `./mvnw package` left in target/
#   docker/test.sh --compile              also the stages that compile, which fetch Maven and more
#   docker/test.sh --testcontainers TESTS also these JUnit classes, on a PostgreSQL in a container
#
# Where no Docker engine answers, Debian's is installed and started for the time of the test (needs
# root); images that cannot be pulled are made locally (base-images.sh), with stand-ins for what they
# hold. STAMPGUARD_TEST_PULL=no makes them without trying.
# shellcheck disable=SC2016 # backticks in what is looked for are no commands
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compile=no testcontainers=
while (($#)); do
  case $1 in
  --compile) compile=yes ;;
  --testcontainers) testcontainers=$2 && shift ;;
  *) echo "docker/test.sh: unknown argument $1" >&2 && exit 2 ;;
  esac
  shift
done

# The engine of Debian 12 has only the older builder; the Dockerfiles work with both.
if ! docker buildx version >/dev/null 2>&1; then
  export DOCKER_BUILDKIT=0
fi
work=$(mktemp --directory)
prefix=stampguard-test-$$
engine=
passed=0

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

pass() {
  passed=$((passed + 1))
  echo "ok: $1"
}

remove_containers() {
  docker ps --all --quiet --filter "name=$prefix" | xargs --no-run-if-empty docker rm --force --volumes >/dev/null 2>&1 || true
}

finish() {
  local code=$?
  remove_containers
  docker network rm "$prefix" >/dev/null 2>&1 || true
  compose down --volumes >/dev/null 2>&1 || true
  # What was made for this test; the bases stay for the next.
  docker image ls --format '{{.Repository}}' --filter "reference=$prefix-*" | xargs --no-run-if-empty docker image rm >/dev/null 2>&1 || true
  if [[ -n $engine ]]; then
    stop_engine
  fi
  rm -rf "$work"
  if ((code)); then echo "$passed passed, 1 failed"; fi
}
trap finish EXIT

packages() {
  DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@" >"$work/apt.log" 2>&1 ||
    { apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@"; } \
      >"$work/apt.log" 2>&1 || fail "apt-get install $*: $(tail -n 3 "$work/apt.log")"
}

# --- an engine ---

stop_engine() {
  kill "$engine" 2>/dev/null || true
  wait "$engine" 2>/dev/null || true
  engine=
}

start_engine() {
  if timeout 20 docker version >/dev/null 2>&1; then
    return
  fi
  echo '--- no Docker engine answers: starting one' >&2
  packages docker.io iptables
  export DOCKER_HOST=unix://$work/docker.sock
  local driver
  # The driver of the engine's choice is faster; vfs works everywhere.
  for driver in '' vfs; do
    dockerd ${driver:+--storage-driver=$driver} --data-root "$work/engine" --exec-root "$work/exec" \
      --pidfile "$work/pid" --host "$DOCKER_HOST" >"$work/engine.log" 2>&1 &
    engine=$!
    local tries
    for ((tries = 0; tries < 60; tries++)); do
      if docker version >/dev/null 2>&1; then
        return
      fi
      kill -0 "$engine" 2>/dev/null || break
      sleep 1
    done
    stop_engine
  done
  fail "dockerd does not start: $(tail -n 5 "$work/engine.log")"
}

compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose --project-name "$prefix" --file docker/compose.yaml "$@"
  else
    docker-compose --project-name "$prefix" --file docker/compose.yaml "$@"
  fi
}

# --- running what was built ---

out=$work/out err=$work/err

# Runs a container to its end and leaves `code`, $out and $err. Arguments: docker run's.
run() {
  code=0
  docker run --rm --network "$prefix" --name "$prefix-run" "$@" >"$out" 2>"$err" || code=$?
}

# Arguments: what is shown, the exit code, and what standard error has to say; silence without it,
# anything for `*`.
expect() {
  [[ $code -eq $2 ]] || fail "$1: exit code $code, not $2: $(cat "$out" "$err")"
  if [[ -z ${3:-} ]]; then
    [[ ! -s $err ]] || fail "$1: it is not silent: $(cat "$err")"
  elif [[ $3 != '*' ]]; then
    grep --quiet --fixed-strings -e "$3" "$err" || fail "$1: no '$3' in: $(cat "$err")"
  fi
  if grep --quiet s3cret "$out" "$err"; then fail "$1: the password is in the output"; fi
  pass "$1"
}

app_ran() { [[ $(cat "$out") == *'the app ran'* ]]; }

# Arguments: database, and more of docker run's before the image's name.
guarded() {
  local database=$1
  shift
  run --env DATABASE_URL="postgresql://tester:s3cret@db/$database" "$@"
}

app=(sh -c 'echo "the app ran with $1"; exit 7' sh 'a b')

sql() {
  docker exec --env PGOPTIONS='-c client_min_messages=warning' "$prefix-db" \
    psql --username tester --dbname "$1" --quiet --no-align --tuples-only --command "$2"
}

start_database() {
  docker run --detach --network "$prefix" --network-alias "$1" --name "$prefix-$1" \
    --env POSTGRES_USER=tester --env POSTGRES_PASSWORD=s3cret postgres:17 >/dev/null
}

# A database of this name whose second script was only written down.
hollow() {
  sql tester "CREATE DATABASE $1"
  guarded "$1" --env STAMPGUARD_MODE=warn "$image" sh -c 'alembic upgrade 0001 && alembic stamp head'
  [[ $code -eq 0 ]] || fail "cannot build $1: $(cat "$err")"
}

# Arguments: the image of an application that has stampguard's /opt in it.
test_entrypoint() {
  image=$1
  echo "--- the entrypoint in $image" >&2
  remove_containers
  start_database db
  guarded tester --env STAMPGUARD_ENTRYPOINT_WAIT=120s "$image" "${app[@]}"
  app_ran || fail "a new server is waited for: $(cat "$err")"
  expect 'a server that is still starting is waited for; arguments and exit code pass through' 7 '*'
  [[ $(cat "$out") == 'the app ran with a b' ]] || fail "standard output is not the app's alone: $(cat "$out")"

  hollow broken
  guarded broken "$image" "${app[@]}"
  ! app_ran || fail 'refuse: the app ran'
  expect 'refuse: exit code 3, and what to do' 3 'refused (exit code 3)'
  guarded broken --env STAMPGUARD_MODE=warn "$image" "${app[@]}"
  app_ran || fail 'warn: the app did not run'
  expect 'warn: the app ran, with a warning' 7 'WARNING: the check ended with 3'

  local repair=(--env STAMPGUARD_MODE=repair --env STAMPGUARD_REPAIR_STRATEGY=restamp --env STAMPGUARD_BACKUP_DIRECTORY=/backups)
  guarded broken "${repair[@]}" --env STAMPGUARD_REPAIR_STRATEGY=recreate "$image" "${app[@]}"
  ! app_ran || fail 'a hazard was taken that nobody allowed'
  expect 'repair: a hazard that is not allowed by name is not taken' 4 'replaces-database'
  guarded broken "${repair[@]}" "$image" "${app[@]}"
  app_ran || fail "repair: the app did not run: $(cat "$err")"
  expect 'repair: the database is repaired, then the app runs' 7 'repaired: `broken` is consistent'
  [[ $(sql broken "SELECT count(*) FROM information_schema.tables WHERE table_name = 'invoices'") == 1 ]] ||
    fail 'repair: the table is not there'
  guarded broken "$image" "${app[@]}"
  expect 'after the repair nothing is said, and the app runs' 7

  local began=$SECONDS
  run --env DATABASE_URL=postgresql://tester:s3cret@nowhere.invalid/x --env STAMPGUARD_ENTRYPOINT_WAIT=3s "$image" "${app[@]}"
  ! app_ran || fail 'deadline: the app ran'
  expect 'deadline passed: exit code 5' 5 'refused (exit code 5)'
  ((SECONDS - began < 60)) || fail 'the deadline was not kept'

  docker run --detach --network "$prefix" --name "$prefix-late" --env STAMPGUARD_ENTRYPOINT_WAIT=120s \
    --env DATABASE_URL=postgresql://tester:s3cret@later/tester "$image" "${app[@]}" >/dev/null
  sleep 5
  [[ $(docker inspect --format '{{.State.Running}}' "$prefix-late") == true ]] || fail 'it did not wait'
  start_database later
  code=$(docker wait "$prefix-late")
  docker logs "$prefix-late" >"$out" 2>"$err"
  app_ran || fail 'late: the app did not run'
  expect 'a database that comes up later is waited for' 7 waiting

  docker run --detach --network "$prefix" --name "$prefix-stop" --env STAMPGUARD_ENTRYPOINT_WAIT=10m \
    --env DATABASE_URL=postgresql://tester:s3cret@nowhere.invalid/x "$image" "${app[@]}" >/dev/null
  sleep 5
  began=$SECONDS
  docker stop --time 60 "$prefix-stop" >/dev/null
  code=$(docker inspect --format '{{.State.ExitCode}}' "$prefix-stop")
  docker logs "$prefix-stop" >"$out" 2>"$err"
  ((SECONDS - began < 40)) || fail 'SIGTERM while it waits was not heard'
  expect 'SIGTERM while it waits ends it' 143 'told to stop'

  docker run --detach --network "$prefix" --name "$prefix-term" \
    --env DATABASE_URL=postgresql://tester:s3cret@db/tester "$image" \
    sh -c 'trap "echo the app heard it; exit 9" TERM; echo "process $$"; while true; do sleep 0.2; done' >/dev/null
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    docker logs "$prefix-term" 2>/dev/null | grep --quiet process && break
    sleep 0.5
  done
  docker stop --time 60 "$prefix-term" >/dev/null
  code=$(docker inspect --format '{{.State.ExitCode}}' "$prefix-term")
  docker logs "$prefix-term" >"$out" 2>"$err"
  [[ $(cat "$out") == $'process 1\nthe app heard it' ]] || fail "SIGTERM: $(cat "$out")"
  expect 'the app is process 1 and gets SIGTERM' 9
  docker inspect --format '{{.Path}} {{.Args}} {{.Config.Entrypoint}} {{.Config.Cmd}}' \
    "$prefix-term" "$prefix-late" "$prefix-stop" >"$out"
  if grep --quiet s3cret "$out"; then fail 'the password is in the arguments'; fi
  pass 'no password in the arguments'
}

# The program alone, as an init container runs it: a project mounted, no shell needed.
test_program() {
  code=0
  docker run --rm "$1" --version >"$out" 2>"$err" || code=$?
  [[ $code -eq 0 && $(cat "$out") == "$2"* ]] || fail "$1 --version: $code: $(cat "$out" "$err")"
  pass "$1: --version as user $(docker inspect --format '{{.Config.User}}' "$1")"
}

test_program_on_database() {
  run --env DATABASE_URL=postgresql://tester:s3cret@db/broken2 --volume "$PWD/docker/demo:/project:ro" "$1" check
  expect "$1: check as an init container runs it" 3 'inconsistent: `broken2`'
}

test_compose() {
  docker tag "$image" stampguard-demo
  compose up app >"$out" 2>&1 || true
  sed 's/^/    /' "$out"
  local exited
  exited=$(docker inspect --format '{{.State.ExitCode}}' "$(compose ps --all --quiet app 2>/dev/null || compose ps --quiet app)")
  [[ $exited -eq 3 ]] || fail "compose: app ended with $exited"
  grep --quiet 'the command was not started' "$out" || fail 'compose: nothing is said'
  ! grep --quiet 'customers,' "$out" || fail 'compose: the app ran'
  pass 'compose: the app is stopped'
  compose up repaired >"$out" 2>&1 || true
  sed 's/^/    /' "$out"
  grep --quiet 'repaired: `shop` is consistent' "$out" || fail 'compose: not repaired'
  grep --quiet 'app: 2 customers, 0 invoices' "$out" || fail 'compose: the repaired app did not run'
  if grep --quiet only-for-this-demo "$out"; then fail 'compose: the password is in the output'; fi
  pass 'compose: it is repaired, and the app runs'
  compose down --volumes >/dev/null 2>&1
}

# --- all of it ---

# shellcheck source=docker/base-images.sh
. docker/base-images.sh
start_engine
if ! docker compose version >/dev/null 2>&1 && ! command -v docker-compose >/dev/null; then
  packages docker-compose
fi
docker network create "$prefix" >/dev/null
if [[ -z ${JAVA_HOME:-} ]]; then
  JAVA_HOME=$(dirname "$(dirname "$(readlink --canonicalize "$(command -v java)")")")
fi
if [[ ! -d target/quarkus-app/app ]]; then
  echo '--- ./mvnw package' >&2
  ./mvnw -q --batch-mode package -DskipTests
fi

provide debian:13-slim make_debian
provide eclipse-temurin:25-jre make_jre
provide postgres:17 make_postgres

build() {
  echo "--- docker build $*" >&2
  docker build --quiet "$@" >"$work/build.log" 2>&1 || fail "docker build $*: $(tail -n 20 "$work/build.log")"
}

build --file docker/Dockerfile.jvm --target from-local --tag "$prefix-jvm" .
test_program "$prefix-jvm" 'stampguard '
build --build-arg STAMPGUARD="$prefix-jvm" --tag "$prefix-demo" docker/demo
test_entrypoint "$prefix-demo"
hollow broken2
test_program_on_database "$prefix-jvm"
test_compose

executable=$(compgen -G 'target/stampguard-*-runner' || true)
if [[ -n $executable ]]; then
  build --file docker/Dockerfile.native --target from-local --tag "$prefix-native" .
  test_program "$prefix-native" 'stampguard '
  build --build-arg STAMPGUARD="$prefix-native" --tag "$prefix-native-demo" docker/demo
  test_entrypoint "$prefix-native-demo"
  hollow broken2
  test_program_on_database "$prefix-native"
  echo "the native image holds $(docker inspect --format '{{.Size}}' "$prefix-native") bytes"
else
  # What is tested then is the Dockerfile, and nothing of stampguard.
  echo 'NO NATIVE EXECUTABLE in target/: printf stands in for it' >&2
  mkdir --parents "$work/context/target" "$work/context/docker"
  cp "$(type -P printf)" "$work/context/target/stampguard-0-runner"
  cp docker/entrypoint.sh "$work/context/docker/"
  build --file docker/Dockerfile.native --target from-local --tag "$prefix-native" "$work/context"
  test_program "$prefix-native" 'printf (GNU coreutils)'
fi

if [[ $compile == yes ]]; then
  provide eclipse-temurin:25-jdk make_jdk
  build --file docker/Dockerfile.jvm --tag "$prefix-compiled" .
  test_program "$prefix-compiled" 'stampguard '
fi

if [[ -n $testcontainers ]]; then
  provide postgres:18 make_postgres
  ./mvnw --batch-mode test-compile surefire:test@default-test -Dtest="$testcontainers" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dstampguard.postgres=container | tee "$work/tests.log"
  pass "testcontainers: $testcontainers"
fi
echo "$passed passed, 0 failed"
