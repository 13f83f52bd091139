#!/usr/bin/env bash
# Runs `swift build` with the arguments given; any warning is a failure, also those
# of the package manager and the linker, which the manifest cannot turn into errors.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

status=0
swift build "$@" 2>&1 | tee "$log" || status=$?
# One error in a test makes hundreds in the expansions of its macros: the list comes
# last, without those.
if grep -E '^([^ |].*)?(error|warning): ' "$log" | grep -vE '^macro expansion|@const|@section' | sort -u; then
  ((status)) || status=1
fi
exit "$status"
