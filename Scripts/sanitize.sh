#!/usr/bin/env bash
# Runs the kernels under clang's sanitizers of addresses and undefined behaviour, and the
# tests under Swift's sanitizers of addresses and threads. Swift has none of undefined
# behaviour on Linux: its own traps stand in.
#
#   Scripts/sanitize.sh [kernels|address|thread]...     all of them where none is named
#
# The builds are apart from the others, in .build/sanitize-*; over an hour in all.
set -euo pipefail
cd "$(dirname "$0")/.."

kernels() {
  local build=.build/sanitize-kernels kernels=Sources/CInformationKernels
  mkdir -p "$build"
  clang -O1 -g -std=gnu11 -fuse-ld=lld -fsanitize=address,undefined \
    -fno-sanitize-recover=undefined -I "$kernels/include" Scripts/levels/*.c "$kernels"/*.c -lm \
    -o "$build/levels"
  "$build/levels" > "$build/levels.txt"
  tail -n 1 "$build/levels.txt"
}

# All tests, optimised and one after another, as the sanitizers make them slow; most of all
# they do so by remembering who allocated what. Exit tests end their process on purpose, and
# the runner leaks a little. One test bounds a time, which would be the sanitizer's; the other
# arguments are tests to leave out too.
tests() {
  local sanitizer=$1 name skipped=(--skip fault26)
  shift
  for name; do skipped+=(--skip "$name"); done
  ASAN_OPTIONS=detect_leaks=0:malloc_context_size=0:quarantine_size_mb=16 \
    SWIFT_BACKTRACE=enable=no swift test -c release --no-parallel "${skipped[@]}" \
    -Xswiftc -enable-testing --sanitize="$sanitizer" --scratch-path ".build/sanitize-$sanitizer"
}

# A test bounds the memory that integration takes, of which this sanitizer keeps what is freed
# and frames of functions that have returned.
address() { tests address QuadratureResourceTests/leaks; }
thread() { tests thread; }

[[ $# -gt 0 ]] || set -- kernels address thread
for name; do
  case $name in
    kernels | address | thread) ;;
    *) printf 'sanitize: kernels, address or thread, not %s\n' "$name" >&2; exit 64 ;;
  esac
done
for name; do
  printf 'Sanitizer: %s\n' "$name"
  "$name"
done
