#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Measures with JMH what the engines cost a message of 10 KB: SPF, DKIM and DMARC of what comes in, spam points, DKIM signatures of
# what goes out. Usage: benchmarks/engines/run.sh [arguments of JMH, such as -prof gc or ScoredMail]
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v mvn >/dev/null || { echo "needs Maven (mvn)" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -B -q -ntp -Pquick,benchmarks -pl benchmarks/engines -am -DskipTests test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=runtime >&2
java -cp "benchmarks/engines/target/classes:$(cat "$work/classpath")" \
  org.openjdk.jmh.Main -prof org.amrelay.benchmarks.CpuProfiler "$@"
