#!/usr/bin/env bash
# Compares the presets with the frameworks, which are installed into a Python environment
# of their own because they are large. Exits with 1 if any answer differs.
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=.venv/parity requirements=Scripts/parity/requirements.txt

# The copy is made last, so that an interrupted installation is not taken for a whole one.
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
  mkdir -p .venv
  echo "parity: installing the packages of $requirements into $environment"
  [[ -x $environment/bin/python ]] || python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    -r "$requirements"
  cp "$requirements" "$environment/requirements.txt"
fi

swift build -c release
tool=$(swift build -c release --show-bin-path)/infotheory
status=0
for framework in torch optax keras mlx tensorflow onnx; do
  "$environment/bin/python" -W ignore "Scripts/parity/parity_$framework.py" "$tool" || status=1
done
exit "$status"
