#!/usr/bin/env bash
# Builds the tool and compares real data with it: two cities, and three species.
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/setup.sh build

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo 'Building infotheory …'
swift build -c release --product infotheory > "$log" 2>&1 || {
  cat "$log" >&2
  exit 1
}
infotheory=$(swift build -c release --show-bin-path)/infotheory

# Prints the command as a reader would type it, and runs it.
show() {
  printf '\n%s\n\n$ infotheory' "$1"
  shift
  printf ' %s' "$@"
  printf '\n\n'
  "$infotheory" "$@"
}

show 'The hourly temperatures of Seattle and San Francisco in 2010' \
  compare Examples/data/seattle-temps.csv Examples/data/sf-temps.csv --column temp
show 'The bill lengths of three species of penguins' \
  compare Examples/data/penguins.csv --column bill_length_mm --by species
