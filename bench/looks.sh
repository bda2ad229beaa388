#!/usr/bin/env bash
# How late the looks of many soaking releases are; run by hand on a quiet machine. --help says more.
# Usage: bench/looks.sh [RELEASES] [MINUTES] [OPTIONS]
exec "$(dirname "${BASH_SOURCE[0]}")/on-servers.sh" io.longwatch.system.bench.LooksBench "$@"
