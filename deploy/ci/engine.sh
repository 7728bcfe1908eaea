#!/bin/bash
# A container engine, and images of Kafka, Prometheus and rasid, from packages alone, for a CI machine that has neither engine nor image registry.
#
#   engine.sh start [DIR]   set up what is missing and start; its data lies in a new folder in DIR (default: /tmp)
#   engine.sh env           print the exports a test run needs: eval "$(engine.sh env)"
#   engine.sh stop          stop the engine that `start` started, and delete its data
#
# Needs root on Debian, Python 3.11+ with this project installed (RASID_PYTHON names it), and Debian's and Maven's packages.
# An engine that answers already is used as it is. Everything comes from apt (docker.io, docker-compose, mmdebstrap, a Java
# runtime, Python, Prometheus), from the locked jars and the locked wheels: the suite's Python is to be as new as ours. Without firewall rules, published ports go through docker-proxy; containers reach nothing outside.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${RASID_PYTHON:-$root/.venv/bin/python}
state=$root/build/engine          # one line: the directory of the engine we started
image=rasid/kafka
began=$SECONDS

say() { echo "engine [+$((SECONDS - began)) s] $*" >&2; }
answers() { timeout 10 docker info --format '{{.ServerVersion}}' >/dev/null 2>&1; }
ours() { [ -s "$state" ] && cat "$state"; }
version() { "$python" -c 'from connectors.kafka.local.broker import kafka_version; print(kafka_version())'; }
use_ours() { if ours >/dev/null; then export DOCKER_HOST=unix://$(ours)/docker.sock; fi; }

install_packages() {
  local missing=()
  [ -x /usr/sbin/dockerd ] || missing+=(docker.io iptables)
  [ -x /usr/bin/mmdebstrap ] || missing+=(mmdebstrap)
  [ -x /usr/bin/docker-compose ] || missing+=(docker-compose)
  [ ${#missing[@]} -gt 0 ] || return 0
  say "apt-get install ${missing[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

start_engine() {
  local dir=$1
  mkdir -p "$(dirname "$state")"
  setsid nohup /usr/sbin/dockerd --iptables=false --ip6tables=false --data-root "$dir/data" --exec-root "$dir/exec" \
    -H "unix://$dir/docker.sock" -p "$dir/dockerd.pid" >"$dir/dockerd.log" 2>&1 </dev/null &
  echo "$dir" >"$state"
  use_ours
  for _ in $(seq 150); do answers && break; sleep 0.2; done
  answers || { tail -20 "$dir/dockerd.log" >&2; say "the engine does not start"; exit 1; }
  say "engine up"
}

# The suite of the machine itself, so that its own apt sources serve.
make_base() {
  docker image inspect "$image-base" >/dev/null 2>&1 && return 0
  local suite
  suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mmdebstrap --quiet --variant=minbase --include=openjdk-17-jre-headless,python3-venv "$suite" - | docker import - "$image-base" >/dev/null
  say "base image"
}

make_image() {
  local tag context
  tag=$image:$(version)
  docker image inspect "$tag" >/dev/null 2>&1 && return 0
  context=$(mktemp -d)
  mkdir "$context/libs"
  "$python" - "$context/libs" <<'PY'
import os, shutil, sys
from pathlib import Path
from connectors.kafka.local.broker import kafka_jars
from connectors.local.jars import fetch_jars
for jar in fetch_jars(kafka_jars(), Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rasid"):
    shutil.copy(jar, sys.argv[1])
PY
  cp "$root"/deploy/kafka/{Dockerfile,kafka-storage.sh,kafka-server-start.sh} "$root/connectors/kafka/local/log4j2.properties" "$context"
  make_base
  DOCKER_BUILDKIT=0 docker build -q --build-arg "BASE=$image-base" -t "$tag" "$context" >/dev/null 2>&1
  rm -rf "$context"
  say "image $tag"
}

make_prometheus_image() {
  local context
  docker image inspect rasid/prometheus >/dev/null 2>&1 && return 0
  context=$(mktemp -d)
  (cd "$context" && apt-get download -qq prometheus 2>/dev/null && dpkg -x prometheus_*.deb .)
  cp "$root/deploy/ci/prometheus.Dockerfile" "$context/Dockerfile"
  make_base
  DOCKER_BUILDKIT=0 docker build -q --build-arg "BASE=$image-base" -t rasid/prometheus "$context" >/dev/null 2>&1
  rm -rf "$context"
  say "image rasid/prometheus"
}

make_rasid_image() {
  make_base
  RASID_PYTHON=$python BASE=$image-base "$root/deploy/image/build.sh" >/dev/null
  say "image rasid"
}

start() {
  use_ours
  if answers; then
    say "an engine answers already"
  else
    install_packages
    start_engine "$(mktemp -d "${1:-/tmp}/rasid-engine.XXXXXX")"
  fi
  make_image
  make_prometheus_image
  make_rasid_image
}

print_env() {
  use_ours
  [ -z "${DOCKER_HOST:-}" ] || echo "export DOCKER_HOST=$DOCKER_HOST"
  echo "export RASID_KAFKA_IMAGE=$image:$(version)"
  echo "export RASID_PROMETHEUS_IMAGE=rasid/prometheus"
  echo "export RASID_REQUIRE_CONTAINERS=1"
  # Ryuk's image would have to be pulled; the tests remove their containers themselves.
  echo "export TESTCONTAINERS_RYUK_DISABLED=true"
  # Where the machine is itself a container, testcontainers would look for the published port elsewhere.
  [ ! -e /.dockerenv ] || echo "export TESTCONTAINERS_CONNECTION_MODE=docker_host"
}

stop() {
  local dir pid
  ours >/dev/null || { say "no engine of ours"; return 0; }
  dir=$(ours)
  use_ours
  docker ps -aq 2>/dev/null | xargs -r docker rm -f >/dev/null 2>&1 || true
  pid=$(cat "$dir/dockerd.pid" 2>/dev/null || true)
  if [ -n "$pid" ] && kill "$pid" 2>/dev/null; then
    for _ in $(seq 150); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  fi
  umount "$dir/exec/netns/default" 2>/dev/null || true
  rm -rf "$dir" "$state"
  say "stopped"
}

cd "$root"
case "${1:-}" in
  start) start "${2:-}" ;;
  env) print_env ;;
  stop) stop ;;
  *) echo "usage: engine.sh start [DIR] | env | stop" >&2; exit 2 ;;
esac
