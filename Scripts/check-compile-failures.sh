#!/usr/bin/env bash
# Every file of Tests/CompileFailures starts with a line "// error: TEXT", and must
# not compile, with the text in what the compiler says; or "// compiles", and must.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build --target InformationTheory
products=$(swift build --show-bin-path)
# The library imports its kernels, so whoever imports the library must find their module.
kernels=$products/CInformationKernels.build/module.modulemap
compile=(swiftc -typecheck -swift-version 6 -I "$products/Modules"
  -Xcc "-fmodule-map-file=$kernels")

failures=0
for file in Tests/CompileFailures/*.swift; do
  status=0
  output=$("${compile[@]}" "$file" 2>&1) || status=$?
  first=$(head -n 1 "$file")
  case $first in
    '// compiles') problem=$([[ $status -eq 0 ]] || echo 'does not compile') ;;
    '// error: '*)
      text=${first#// error: }
      if ((status == 0)); then
        problem='compiles'
      else
        problem=$(grep -qF -- "$text" <<< "$output" || echo 'has other errors')
      fi
      ;;
    *) problem='does not say in its first line what is to happen' ;;
  esac
  if [[ -n $problem ]]; then
    failures=$((failures + 1))
    printf '%s %s\n%s\n' "$file" "$problem" "$output"
  else
    printf '%s: as it should\n' "$file"
  fi
done
((failures == 0))
