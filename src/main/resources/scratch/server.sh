# A PostgreSQL server that lives as long as this shell's standard input.
# Arguments: the directory of initdb and pg_ctl, the name of the superuser.
# Prints the server's private directory, where its socket is, once it accepts connections.
#
# Standard input is a pipe that only the parent holds. Whatever ends the parent, SIGKILL included,
# closes it; then the server stops and its directory goes. When this shell itself is killed, the next
# one does that: as long as a shell lives it holds a lock on a file in its directory.
bin=$1
superuser=$2
umask 077

# Ends what a killed shell left in the directory $1, if its lock is free.
clear_away() (
  exec 8<"$1/lock" 2>/dev/null
  flock -n 8 || exit 0
  if [ -f "$1/data/postmaster.pid" ] && read -r pid <"$1/data/postmaster.pid" \
    && kill -0 "$pid" 2>/dev/null; then
    # The number may be another process's by now. A server works in its data directory.
    [ "/proc/$pid/cwd" -ef "$1/data" ] || exit 0
    kill -QUIT "$pid"
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
      sleep 0.1
      tries=$((tries + 1))
    done
  fi
  rm -rf "$1"
)
if command -v flock >/dev/null; then
  for left in "${TMPDIR:-/tmp}"/stampguard_scratch_*; do
    if [ -O "$left" ] && [ ! -h "$left" ] && [ -r "$left/lock" ]; then
      clear_away "$left"
    fi
  done
fi

directory=$(mktemp -d "${TMPDIR:-/tmp}/stampguard_scratch_XXXXXXXX") || exit 1
end() {
  trap '' HUP INT TERM PIPE
  if [ -f "$directory/data/postmaster.pid" ]; then
    "$bin/pg_ctl" stop -D "$directory/data" -m immediate -w >/dev/null 2>&1
  fi
  rm -rf "$directory"
}
trap end EXIT
# PIPE: the parent may be gone before the directory is printed, and end must run all the same.
trap 'exit 1' HUP INT TERM PIPE
fail() {
  cat "$directory/log" >&2
  exit 1
}
if command -v flock >/dev/null; then
  # Locked before it has the name that others look for.
  exec 9>"$directory/lock.new" && flock -n 9 && mv "$directory/lock.new" "$directory/lock" || fail
fi
# Trust is safe: the socket is the only way in, and its directory lets nobody else through.
"$bin/initdb" -D "$directory/data" -U "$superuser" -A trust -E UTF8 --locale=C --no-sync \
  >"$directory/log" 2>&1 </dev/null 9>&- || fail
cat >>"$directory/data/postgresql.conf" <<END || exit 1
listen_addresses = ''
unix_socket_directories = '$directory'
unix_socket_permissions = 0700
port = 5432
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
max_connections = 30
max_locks_per_transaction = 512
lc_messages = 'C'
END
# -t: a busy machine may be slow; the parent has a limit of its own.
"$bin/pg_ctl" start -D "$directory/data" -l "$directory/log" -w -t 120 >/dev/null 2>&1 </dev/null \
  9>&- || fail
printf '%s\n' "$directory"
read -r _
