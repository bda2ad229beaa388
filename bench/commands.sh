#!/usr/bin/env bash
# Wall time and peak memory of whole commands, from process start; run by hand on a quiet machine.
# Usage: bench/commands.sh [RUNS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1:-5}
gnu_time=$(command -v /usr/bin/time) || { echo "needs GNU time" >&2; exit 3; }

measure() {
  local name=$1
  shift
  "$@" >/dev/null 2>&1 || true # builds and fills the class archive
  for ((i = 0; i < runs; i++)); do
    "$gnu_time" -f '%e %M' "$@" 2>&1 >/dev/null | tail -n 1
  done | sort -n | awk -v name="$name" '
    { wall[NR] = $1; if ($2 > peak) peak = $2 }
    END { printf "%-28s min %6.2f s  median %6.2f s  max %6.2f s  peak %5.0f MiB\n", name, wall[1], wall[int((NR + 1) / 2)], wall[NR], peak / 1024 }'
}

measure 'longwatch --help' ./longwatch --help
measure 'rehearse (48 hours)' ./longwatch rehearse plans/auren-biometric-bridge/plan.yaml --json
measure 'demo (48 hours)' ./longwatch demo --plain
