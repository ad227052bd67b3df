#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Loads our relay and a private instance of this machine's Postfix in turn and prints both, and their ratio.
# Usage: sudo benchmarks/relay/run.sh [--messages N] [--rounds N] [--sessions 20,100] ...; --help tells all
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin"
for program in python3 postfix smtp-source smtp-sink; do
  command -v "$program" >/dev/null || { echo "needs $program (Debian: apt-get install postfix python3)" >&2; exit 2; }
done
exec python3 "$(dirname "$0")/side_by_side.py" "$@"
