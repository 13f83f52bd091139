#!/usr/bin/env bash
# Builds the documentation into .build-docs. Any warning is a failure, and so is a
# public symbol that no page names under a topic.
set -euo pipefail
cd "$(dirname "$0")/.."
docc=$(command -v docc || xcrun --find docc)
mkdir -p .build .build-docs

# The command fails over test bundles that are not built, which nobody documents.
# The graphs are removed first, so that one that is there afterwards is a new one.
graphs=$(dirname "$(swift build --show-bin-path)")/symbolgraph
rm -rf "$graphs"
swift package dump-symbol-graph --skip-synthesized-members > .build/symbol-graphs.log 2>&1 || true

for catalog in Sources/*/*.docc; do
  module=$(basename "$catalog" .docc)
  if [[ ! -f $graphs/$module.symbols.json ]]; then
    cat .build/symbol-graphs.log
    echo "docs: there is no symbol graph of $module" >&2
    exit 1
  fi
  own=.build/symbol-graphs/$module
  rm -rf "$own" ".build-docs/$module"
  mkdir -p "$own"
  cp "$graphs/$module.symbols.json" "$own"
  "$docc" convert "$catalog" --additional-symbol-graph-dir "$own" \
    --output-dir ".build-docs/$module" --warnings-as-errors \
    --fallback-display-name "$module" --fallback-bundle-identifier "$module"
  python3 Scripts/check-topics.py ".build-docs/$module"
done
echo 'The documentation is in .build-docs; each folder can be served as it is.'
