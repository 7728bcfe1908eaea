#!/bin/bash
# Chromium from Debian, for the tests that look at the page in a real browser. Needs root where it is not there yet.
set -euo pipefail

[ ! -x /usr/bin/chromium ] || exit 0
echo "chromium: apt-get install chromium" >&2
apt-get update -qq >&2
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
