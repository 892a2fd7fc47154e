# shellcheck shell=bash disable=SC2154,SC2016 # `work` is set by the script that reads this
# Makes what the Dockerfiles start from on a machine that can reach a Debian mirror and no registry of
# images. Read by docker/test.sh. What is made is a stand-in: the same names, the same places for
# files, the same variables, other bits.

# Arguments: the name of an image, and the function that makes a stand-in for it.
provide() {
  if docker image inspect "$1" >/dev/null 2>&1; then
    return
  fi
  if [[ $pull == yes ]] && timeout 300 docker pull --quiet "$1" >/dev/null 2>&1; then
    return
  fi
  # It is tried once: without a registry each try takes its time.
  pull=no
  echo "--- $1 cannot be pulled: making a stand-in" >&2
  "$2" "$1"
}
pull=${STAMPGUARD_TEST_PULL:-yes}

make_debian() {
  packages debootstrap
  local root=$work/debian
  debootstrap --variant=minbase --include=ca-certificates trixie "$root" \
    "$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)" \
    >"$work/debootstrap.log" 2>&1 || fail "debootstrap: $(tail -n 3 "$work/debootstrap.log")"
  # Authorities that this machine trusts besides the usual ones.
  if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
  fi
  rm -f "$root"/var/cache/apt/archives/*.deb
  tar -C "$root" -c . | docker import --change 'CMD ["bash"]' - "$1" >/dev/null
  rm -rf "$root"
}

# A Java runtime made of the JDK that builds stampguard on this machine.
make_jre() {
  local home=$work/context-jre
  mkdir -p "$home"
  "$JAVA_HOME/bin/jlink" --no-header-files --no-man-pages --output "$home/openjdk" --add-modules \
    "$("$JAVA_HOME/bin/java" --list-modules | sed 's/@.*//' | grep -vx -e jdk.jlink -e jdk.jpackage | paste --serial --delimiters=,)"
  # jlink leaves most of it out, and it is how the launcher knows the runtime.
  cp "$JAVA_HOME/release" "$home/openjdk/"
  java_image "$1" "$home"
}

# With Debian's Maven: `mvnw` fetches one from where this machine may not get to.
make_jdk() {
  local home=$work/context-jdk
  mkdir -p "$home"
  cp -aL "$JAVA_HOME" "$home/openjdk"
  java_image "$1" "$home" maven
}

# Arguments: the name of the image, what holds the runtime, and packages to go with it.
java_image() {
  docker build --quiet --tag "$1" --build-arg PACKAGES="${3:-}" --file - "$2" >/dev/null <<'END'
FROM debian:13-slim
ARG PACKAGES
RUN apt-get update -q && apt-get install -qy --no-install-recommends curl $PACKAGES
COPY openjdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin
END
  rm -rf "$2"
}

# The part of the official image's contract that is used here: its variables, its two starts (clients
# wait for the second), its user and its command.
make_postgres() {
  local major=${1#postgres:} context=$work/context-postgres
  mkdir -p "$context"
  cat >"$context/docker-entrypoint.sh" <<'END'
#!/bin/sh
set -eu
if [ "$(id -u)" -eq 0 ]; then
  install -d -o postgres -m 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf '%s\n' "${POSTGRES_PASSWORD:-}" >/tmp/password
  # shellcheck disable=SC2086 # several words
  initdb --username="${POSTGRES_USER:=postgres}" --pwfile=/tmp/password -D "$PGDATA" ${POSTGRES_INITDB_ARGS:-}
  rm /tmp/password
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  if [ "${POSTGRES_DB:=$POSTGRES_USER}" != postgres ]; then
    createdb --username="$POSTGRES_USER" --no-password --maintenance-db=postgres "$POSTGRES_DB"
  fi
  pg_ctl -D "$PGDATA" -m fast -w stop
fi
exec "$@" -c "listen_addresses=*"
END
  chmod 755 "$context/docker-entrypoint.sh"
  # Debian 13 has 17; what is newer is in the release after it.
  docker build --quiet --tag "$1" --build-arg MAJOR="$major" --file - "$context" >/dev/null <<'END'
FROM debian:13-slim
ARG MAJOR
RUN if [ "$MAJOR" -gt 17 ]; then sed 's/^deb /&[check-valid-until=no] /; s/trixie/forky/' /etc/apt/sources.list >/etc/apt/sources.list.d/next.list; fi && \
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-$MAJOR && \
    rm -rf /var/lib/postgresql/$MAJOR
ENV PATH=/usr/lib/postgresql/$MAJOR/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data LANG=C.UTF-8
COPY docker-entrypoint.sh /usr/bin/
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
END
}
