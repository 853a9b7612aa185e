#!/bin/sh
# Installs the pages' packages and builds them, with Node.js from PATH or, where there is none, from PyPI into .venv.
set -eu
cd "$(dirname "$0")"
bin=$(cd .. && pwd)/.venv/bin

new_enough() {
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1
}

if ! new_enough; then
  PATH="$bin:$PATH"
  if ! [ -x "$bin/node" ] || ! new_enough; then
    echo "installing Node.js into .venv (no Node.js 20 or newer on PATH)"
    "$bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r ../requirements/node.lock
  fi
fi

# Nothing is written to the home folder, which may be empty or belong to someone else.
export npm_config_cache="${npm_config_cache:-$bin/../npm-cache}"
echo "building the explorer and the dashboard"
npm ci --ignore-scripts --no-progress --loglevel=error >/dev/null
node build.mjs
