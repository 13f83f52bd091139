#!/usr/bin/env bash
# Layout, documentation comments and shell scripts; any finding is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --parallel --recursive \
  Package.swift Sources Tests Fuzz Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Benchmarks \
  Notebooks/jupyter
python3 -m doctest Scripts/mutants.py
scripts=(Scripts/*.sh Scripts/parity/*.sh Benchmarks/*.sh Benchmarks/peers/run .ci/run)
for script in "${scripts[@]}"; do bash -n "$script"; done
if command -v shellcheck > /dev/null 2>&1; then shellcheck "${scripts[@]}"; fi
