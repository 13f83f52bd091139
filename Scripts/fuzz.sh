#!/usr/bin/env bash
# Fuzzes the command-line tool and the initialisers of distributions with libFuzzer, under
# the sanitizer of addresses.
#
#   Scripts/fuzz.sh [seconds] [evaluate|csv|numpy|categorical]...
#
# Ten minutes for each target, and all targets, unless told otherwise. What goes in is in
# Fuzz/corpus; what is found is kept in .build/fuzz/TARGET (`new` and `findings`), and the
# status is 1 if anything is. Scripts/fuzz.sh minimize [target]... takes what is new and
# reaches more code over into Fuzz/corpus, which the tests replay.
#
# The build is the optimised one with its own checks and those of the standard library,
# in .build/fuzz; it needs Swift's toolchain for Linux, whose libFuzzer it links.
set -euo pipefail
cd "$(dirname "$0")/.."
build=.build/fuzz
products=$build/release
all=(evaluate csv numpy categorical)

# The program's own main makes room for libFuzzer's.
compile() {
  # Of several -sanitize options Swift heeds the last, so that --sanitize cannot give two.
  local options=(-c release --scratch-path "$build"
    -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address
    -Xswiftc -enable-testing -Xswiftc -assert-config -Xswiftc Debug
    -Xswiftc -Xfrontend -Xswiftc -entry-point-function-name
    -Xswiftc -Xfrontend -Xswiftc infotheory_main)
  swift build "${options[@]}" --target infotheory
  local maps=(-Xcc "-fmodule-map-file=$products/CInformationKernels.build/module.modulemap"
    -Xcc "-fmodule-map-file=Sources/CGSL/module.modulemap")
  local targets=()
  local file
  for file in Tests/infotheoryTests/Fuzz/*.swift; do
    [[ $file == *Tests.swift ]] || targets+=("$file")
  done
  local objects=()
  mapfile -t objects < <(find "$products/" -name '*.o' -not -path '*-tool.build/*')
  local gsl=()
  read -ra gsl < <(pkg-config --libs gsl)
  swiftc -O -swift-version 6 -sanitize=fuzzer,address -parse-as-library -module-name Fuzz \
    -use-ld=lld -assert-config Debug -package-name fuzz -I "$products/Modules" "${maps[@]}" \
    Fuzz/Main.swift "${targets[@]}" "${objects[@]}" "${gsl[@]}" -lm -o "$build/fuzz"
}

# Leaks are the runtime's; Swift's report of a crash takes longer than a thousand inputs.
run() {
  local target=$1
  shift
  FUZZ_TARGET=$target ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no \
    TMPDIR=$temporary "$build/fuzz" -print_final_stats=1 -rss_limit_mb=4096 -timeout=30 \
    -max_len=4096 "$@"
}

fuzz() {
  local target=$1 folder=$build/$1
  mkdir -p "$folder/new" "$folder/findings"
  local options=(-max_total_time="$seconds" -artifact_prefix="$folder/findings/")
  if [[ $target == evaluate ]]; then
    grep -rohE '"[a-z][a-z0-9_]+"' Sources/infotheory/Evaluate | sort -u > "$folder/names"
    options+=(-dict="$folder/names")
  fi
  local status=0
  run "$target" "${options[@]}" "$folder/new" "Fuzz/corpus/$target" > "$folder/log" 2>&1 \
    || status=$?
  grep -E '^(Done|stat::|SUMMARY|ERROR)' "$folder/log" || true
  grep -E '#[0-9]+.*cov:' "$folder/log" | tail -n 1
  ((status == 0)) || printf 'fuzz: %s found something; see %s/log\n' "$target" "$folder" >&2
  return "$status"
}

minimize() {
  local target=$1 folder=$build/$1
  mkdir -p "$folder/minimized" "$folder/new"
  rm -f "$folder/minimized"/*
  run "$target" -set_cover_merge=1 "$folder/minimized" "Fuzz/corpus/$target" "$folder/new" \
    > "$folder/merge.log" 2>&1
  rm -rf "Fuzz/corpus/$target"
  cp -R "$folder/minimized" "Fuzz/corpus/$target"
  printf '%s: %d inputs, %d bytes\n' "$target" "$(find "Fuzz/corpus/$target" -type f | wc -l)" \
    "$(cat "Fuzz/corpus/$target"/* | wc -c)"
}

action=fuzz seconds=600
case ${1-} in
  minimize) action=minimize; shift ;;
  [0-9]*) seconds=$1; shift ;;
esac
[[ $# -gt 0 ]] || set -- "${all[@]}"
for target; do
  [[ " ${all[*]} " == *" $target "* ]] || {
    printf 'fuzz: %s, not %s\n' "${all[*]}" "$target" >&2
    exit 64
  }
done
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
compile
failed=0
for target; do
  printf 'Fuzzing: %s\n' "$target"
  "$action" "$target" || failed=1
done
exit "$failed"
