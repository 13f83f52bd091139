#!/usr/bin/env bash
# Builds and runs Tests/ClientProbe, a package that uses the library as a stranger
# would, compares what it prints, and sees that Foundation does not come along.
#
#   Scripts/check-client.sh [FOLDER]    builds in a folder other than .build/client
set -euo pipefail
cd "$(dirname "$0")/.."

if grep -rnE '^ *(@[A-Za-z_]+ +|[a-z]+ +)*import +Foundation' \
  Sources/InformationTheory Sources/ClassificationLosses Sources/SpecialFunctions \
  Sources/Plots Sources/ReferenceOracle Sources/InformationTheoryTesting; then
  echo 'The libraries must not import Foundation' >&2
  exit 1
fi

build=(swift build --package-path Tests/ClientProbe --scratch-path "${1:-.build/client}")
"${build[@]}"
probe=$("${build[@]}" --show-bin-path)/ClientProbe
"$probe" | diff -u Tests/ClientProbe/expected.txt -

case $(uname) in
  Darwin) libraries=$(otool -L "$probe") ;;
  *) libraries=$(ldd "$probe") ;;
esac
if grep Foundation <<< "$libraries"; then
  echo 'a program that imports InformationTheory must not link Foundation' >&2
  exit 1
fi
