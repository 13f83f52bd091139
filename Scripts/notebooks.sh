#!/usr/bin/env bash
# Swift in Jupyter: installs what it needs, builds what the cells import, and then
#
#   Scripts/notebooks.sh            tests the kernel, and runs every notebook
#   Scripts/notebooks.sh --tests    tests the kernel
#   Scripts/notebooks.sh --run [NOTEBOOK…]      runs notebooks, all if none is named
#   Scripts/notebooks.sh --update [NOTEBOOK…]   and saves them with what they showed
#   Scripts/notebooks.sh --lab [ARGUMENT…]      opens JupyterLab, with arguments of its own
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:---all}
shift $(($# > 0 ? 1 : 0))

fail() {
  printf 'notebooks: %s\n' "$*" >&2
  exit 64
}

case $mode in
  --all | --tests) (($# == 0)) || fail "$mode takes no notebooks" ;;
  --run | --update | --lab) ;;
  *) fail "--tests, --run, --update, --lab or nothing, not $mode" ;;
esac

# Prints what a command said only if it failed.
quietly() {
  local output
  output=$("$@" 2>&1) || {
    printf '%s\n' "$output" >&2
    return 1
  }
}

Scripts/setup.sh notebooks
echo 'Building what the cells import …'
quietly swift build -c release --product NotebookToolkit

python=$PWD/.venv-notebooks/bin/python
# The kernel is found where it is, and nothing is installed for it.
export JUPYTER_PATH=$PWD/Notebooks/jupyter
run_notebooks() { "$python" Notebooks/jupyter/run_notebooks.py "$@"; }

status=0
case $mode in
  --lab) exec "$python" -m jupyterlab --notebook-dir Notebooks "$@" ;;
  --run) run_notebooks "$@" || status=$? ;;
  --update) run_notebooks --update "$@" || status=$? ;;
  --tests) "$python" -m pytest -q Notebooks/jupyter/tests || status=$? ;;
  --all)
    "$python" -m pytest -q Notebooks/jupyter/tests || status=$?
    run_notebooks || status=$?
    ;;
esac
exit "$status"
