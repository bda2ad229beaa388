#!/usr/bin/env bash
# From a breach in Prometheus to the first rollback call on the API server; run by hand. --help says more.
# Usage: bench/breach.sh [TRIALS] [INTERVAL...]
exec "$(dirname "${BASH_SOURCE[0]}")/on-servers.sh" io.longwatch.system.bench.BreachBench "$@"
