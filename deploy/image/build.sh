#!/bin/bash
# Build the image of rasid: build.sh [TAG] (default: rasid:VERSION, and rasid:latest).
#
# The versions are those of the lock file. BASE names the image to build on, with the same Python as .venv has
# (default: python:X.Y-slim); RASID_PYTHON the Python that makes the wheels.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=${RASID_PYTHON:-.venv/bin/python}
version=$("$python" -c 'from pipelines.core.version import PIPELINE_VERSION; print(PIPELINE_VERSION)')
base=${BASE:-python:$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-slim}
tag=${1:-rasid:$version}
context=build/image

mkdir -p "$context"
rm -rf "$context/wheels"
sed -nE 's/^([a-z0-9._-]+==[^ ]+( ; [^\\]+)?) \\$/\1/p' deploy/requirements.txt >"$context/constraints.txt"
"$python" -m pip wheel --quiet --wheel-dir "$context/wheels" --constraint "$context/constraints.txt" '.[stream]'
cp deploy/image/Dockerfile "$context"
DOCKER_BUILDKIT=0 docker build --quiet --network none --build-arg "BASE=$base" --tag "$tag" --tag rasid:latest "$context"
