#!/usr/bin/env bash
# Runs a bench on what the checkout's tests run on, with the real servers that system-tests/parts/install puts in place
# where it needs them. Called by the other scripts.
# Usage: bench/on-servers.sh CLASS [OPTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bench=${1:?names a class}
shift
sh ./mvnw -q -B ${LONGWATCH_MAVEN_ARGS:-} -Psystem-tests,bench -pl system-tests -am process-test-classes -DskipTests >&2
# The databases of the servers are kept in memory: a disk that is slow to sync would be all that is measured.
[ ! -w /dev/shm ] || data=-Djava.io.tmpdir=/dev/shm
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${data:-} -Dlongwatch.checkout=. -Dsun.net.httpserver.nodelay=true \
  -Dlogback.configurationFile=io/longwatch/starter/logback-commands.xml ${LONGWATCH_JAVA_OPTIONS:-} \
  -cp "$(cat system-tests/target/bench-classpath)" "$bench" "$@"
