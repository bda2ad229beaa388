#!/usr/bin/env bash
# Step dispatch of releases against bare workflows; run by hand on a quiet machine. --help says more.
# Usage: bench/dispatch.sh [--real] [OPTIONS]
here=$(dirname "${BASH_SOURCE[0]}")
if [ "${1:-}" = --real ]; then
  exec "$here/on-servers.sh" io.longwatch.system.bench.RealDispatch "${@:2}"
fi
exec "$here/on-servers.sh" io.longwatch.sandbox.bench.DispatchBench "$@"
