#!/usr/bin/env bash
# Every check that a change must pass: a line when it starts and one when it ends, with its
# output only where it fails (all output is in .build/logs). Exits with 1 if any failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# What runs in the background, which Ctrl-C does not reach.
beside='' setup=''
trap 'kill $beside $setup 2> /dev/null; printf "\ninterrupted\n"; exit 130' INT TERM

Scripts/setup.sh tests || exit 1

logs=.build/logs
rm -rf "$logs"
mkdir -p "$logs"
# Downloading takes no processor. Whoever needs it first finds out if it failed.
Scripts/setup.sh notebooks > "$logs/setup.log" 2>&1 < /dev/null &
setup=$!
outcomes=$logs/outcomes
: > "$outcomes"

# Runs a command under a title. It must be a program: in a function called here,
# bash would go on after an error.
check() {
  local title=$1 start=$SECONDS status=0
  local log=$logs/${title//[^A-Za-z0-9]/-}.log
  shift
  printf '%-58sstarted\n' "$title"
  "$@" > "$log" 2>&1 < /dev/null || status=$?
  # A program that Ctrl-C ended, in case the signal has not reached this script.
  ((status != 130)) || { printf '\ninterrupted\n'; exit 130; }
  local outcome=passed
  ((status == 0)) || outcome=FAILED
  printf '%s\n' "$outcome" >> "$outcomes"
  printf '%-58s%s %5d s\n' "$title" "$outcome" $((SECONDS - start))
  if ((status != 0)); then
    tail -n 200 "$log" | sed 's/^/  | /'
    printf '  | (all of it: %s)\n' "$log"
  fi
}

release=$(swift build -c release --show-bin-path) || exit 1
# Tests look inside modules, which a release build forbids unless it is told, and
# then optimises less. So they have a build of their own, and the tool that the
# checks run is the one that users get.
testing=(-c release --scratch-path .build/testing -Xswiftc -enable-testing)

check 'Lint' Scripts/lint.sh
check 'Debug build without warnings' Scripts/build-strict.sh --build-tests

# An optimised build is a chain of modules and leaves a core idle, which the checks beside it
# take: what is built here shares nothing with them.
{
  check 'Release build for tests without warnings' \
    Scripts/build-strict.sh --build-tests "${testing[@]}"
  check 'Tests, release' swift test --skip-build "${testing[@]}"
  # GSL can be hidden on Linux only; the README's programs are built with it.
  case $(uname) in
    Linux) check 'A program that imports the library, without GSL' Scripts/check-without-gsl.sh ;;
    *) check 'A program that imports the library' Scripts/check-client.sh ;;
  esac
} &
beside=$!
check 'Tests, debug' swift test --skip-build
check 'Release build without warnings' Scripts/build-strict.sh -c release
check 'Documentation without warnings' Scripts/docs.sh
check 'Programs that must not compile' Scripts/check-compile-failures.sh
check 'Examples and links of the README' \
  python3 Scripts/check-readme.py README.md --binaries "$release"
check 'The demo' Scripts/demo.sh
wait "$setup"
check 'Charts against the schema of Vega-Lite' Scripts/check-plots.sh
check '1000 questions against ball arithmetic' \
  .venv/bin/python Scripts/check-evaluate.py "$release/infotheory" --questions 1000
wait "$beside" || printf 'FAILED\n' >> "$outcomes"
# Cells have to answer in time, which they are not sure to beside a compiler.
check 'The Swift kernel for Jupyter, and all notebooks' Scripts/notebooks.sh

passed=$(grep -c passed "$outcomes") failed=$(grep -c FAILED "$outcomes")
printf 'in %d s\n%d passed, %d failed\n' "$SECONDS" "$passed" "$failed"
((failed == 0))
