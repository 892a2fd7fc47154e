# Runs a command as somebody else when this is root: PostgreSQL refuses to run as root.
# Arguments: a directory the other user must be able to use, then the command.
directory=$1
shift
if [ "$(id -u)" -ne 0 ]; then
  exec "$@"
fi
if id postgres >/dev/null 2>&1; then
  if setpriv --reuid=postgres --regid=postgres --init-groups test -x "$directory" 2>/dev/null; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"
  fi
  if su postgres -s /bin/sh -c 'test -x "$0"' -- "$directory" 2>/dev/null; then
    exec su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
  fi
fi
# A user namespace without a mapping: the user is nobody, its files still belong to root.
exec unshare --user "$@"
