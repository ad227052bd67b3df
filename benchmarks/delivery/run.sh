#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Measures the delivery queue on this machine: the cost of a message against the length of the queue, start-up, pages of the
# list, and 10,000 destinations in 512 MB. Usage: benchmarks/delivery/run.sh [curve SIZE... | destinations COUNT EACH [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v mvn >/dev/null || { echo "needs Maven (mvn)" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -B -q -ntp -Pquick -pl storage -am -DskipTests test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test >&2
path=storage/target/test-classes:storage/target/classes:$(cat "$work/classpath")
measure() {
  rm -rf "$work/data"
  mkdir "$work/data"
  # The logging library speaks of its own start
  java -Xmx512m -XX:+UseParallelGC -cp "$path" org.amrelay.storage.sqlite.QueueMeasurement "$work/data/home" "$@" |
    grep -v ' |-' | grep .
}
if [ $# -gt 0 ]; then
  measure "$@"
else
  measure curve 1000 10000 100000 1000000
  measure destinations 10000 10
fi
