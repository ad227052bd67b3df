#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Measures the view that all filters share: CPU of a usual message, and messages of 25 MB that are meant to hurt, in a heap of
# the message and 64 MB. Usage: benchmarks/message/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v mvn >/dev/null || { echo "needs Maven (mvn)" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -B -q -ntp -Pquick -pl mail -DskipTests test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test >&2
path=mail/target/test-classes:mail/target/classes:$(cat "$work/classpath")
java -Xmx128m -XX:+UseSerialGC -cp "$path" org.amrelay.mail.message.ViewMeasurement
java -Xmx89m -XX:+UseSerialGC -cp "$path" org.amrelay.mail.message.ViewMeasurement large
