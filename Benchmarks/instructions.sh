#!/usr/bin/env bash
# Counts the instructions of the main kernels for an element, which say whether the
# library has become slower on a machine that is not quiet too.
#
#   Benchmarks/instructions.sh            the counts beside those of instructions.json
#   Benchmarks/instructions.sh --check    the same; exits with 1 if one is 10 % above
#   Benchmarks/instructions.sh --record   writes instructions.json
#
# valgrind hides AVX-512 from programs: the counts are of the AVX2 level.
set -euo pipefail
cd "$(dirname "$0")"
record=instructions.json elements=100000
kernels=(entropy kl-divergence softmax-cross-entropy binary-cross-entropy sigmoid-focal-loss)
mode=${1:-show}
case $mode in
  show | --check | --record) ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 64 ;;
esac
command -v valgrind > /dev/null || { echo 'instructions: install valgrind' >&2; exit 69; }

build=(swift build -c release --product instructions)
"${build[@]}"
# valgrind gives up at the debug information that clang writes for C.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=$folder/instructions
strip --strip-debug -o "$program" "$("${build[@]}" --show-bin-path)/instructions"

# The instructions of a whole run of the program.
count() {
  SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$program" "$@" 2>&1 > /dev/null | sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p'
}

recorded() { sed -n "s/^ *\"$1\": \([0-9.]*\),\{0,1\}\$/\1/p" "$record" 2> /dev/null || true; }

status=0 lines=()
for kernel in "${kernels[@]}"; do
  # Two runs on the same data, beside none: what starting and preparing take cancels out.
  once=$(count "$kernel" "$elements" 1) thrice=$(count "$kernel" "$elements" 3)
  if [[ -z $once || -z $thrice ]]; then
    echo "instructions: $kernel was not counted: see what valgrind says of $kernel $elements 1" >&2
    exit 1
  fi
  now=$(awk -v a="$once" -v b="$thrice" -v n="$elements" 'BEGIN { printf "%.2f", (b - a) / 2 / n }')
  before=$(recorded "$kernel")
  verdict=
  if [[ -z $before ]]; then
    verdict='not recorded'
    [[ $mode != --check ]] || status=1
  elif awk -v now="$now" -v before="$before" 'BEGIN { exit !(now > 1.1 * before) }'; then
    verdict='MORE THAN 10 % ABOVE'
    [[ $mode != --check ]] || status=1
  fi
  printf '%-24s %9s instructions an element, recorded %9s  %s\n' \
    "$kernel" "$now" "${before:--}" "$verdict"
  lines+=("  \"$kernel\": $now")
done

if [[ $mode == --record ]]; then
  printf -v joined '%s,\n' "${lines[@]}"
  printf '{\n%s\n}\n' "${joined%,*}" > "$record"
  echo "wrote Benchmarks/$record"
fi
exit "$status"
