#!/usr/bin/env bash
# Compares the presets with PyTorch, Optax and Keras, which are installed into a Python
# environment of their own because they are large. Exits with 1 if any answer differs.
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
"$environment/bin/python" -W ignore Scripts/parity/parity_torch.py "$tool" || status=1
"$environment/bin/python" Scripts/parity/parity_optax.py "$tool" || status=1
"$environment/bin/python" Scripts/parity/parity_keras.py "$tool" || status=1
exit "$status"
