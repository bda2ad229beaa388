#!/usr/bin/env bash
# Step dispatch of releases against bare workflows; run by hand on a quiet machine. --help says more.
# Usage: bench/dispatch.sh [OPTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./longwatch rehearse --help >/dev/null # builds what is missing or stale
sh ./mvnw -q -B ${LONGWATCH_MAVEN_ARGS:-} -pl sandbox -am test-compile >&2
quiet=-Dlogback.configurationFile=io/longwatch/starter/logback-commands.xml
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "$quiet" ${LONGWATCH_JAVA_OPTIONS:-} \
  -cp sandbox/target/longwatch-sandbox.jar:sandbox/target/test-classes io.longwatch.sandbox.bench.DispatchBench "$@"
