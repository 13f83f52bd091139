#!/usr/bin/env bash
# Installs what is missing, and nothing that is there.
#
#   Scripts/setup.sh build    what building needs: a C library to link with, git, GSL
#   Scripts/setup.sh tests    that, and Python with Scripts/requirements.txt in .venv
#   Scripts/setup.sh peers    that, and the packages that we compare ourselves with
#   Scripts/setup.sh notebooks    what building needs, and Jupyter in .venv-notebooks
set -euo pipefail
cd "$(dirname "$0")/.."
goal=${1:-tests}

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" > /dev/null 2>&1; }

# The files by which the linker finds the C and C++ libraries.
has_c_libraries() {
  compgen -G '/usr/include/stdlib.h' > /dev/null \
    && compgen -G '/usr/lib/gcc/*/*/crtbegin.o' > /dev/null \
    && compgen -G '/usr/lib/gcc/*/*/libstdc++.so' > /dev/null
}

# Swift finds GSL as pkg-config does.
has_gsl() { has pkg-config && pkg-config --exists gsl; }

has_python() { has python3 && python3 -c 'import ensurepip, venv' 2> /dev/null; }

check_swift() {
  has swift || fail 'there is no Swift: install 6.3 or later from https://www.swift.org/install/'
  local version
  version=$(swift --version 2>&1) || fail "swift does not run: $version"
  version=$(sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' <<< "$version")
  local major=${version% *} minor=${version#* }
  if [[ -z $version ]] || ((major < 6 || (major == 6 && minor < 3))); then
    fail "Swift ${version/ /.} is too old: install 6.3 or later from https://www.swift.org/install/"
  fi
}

install_debian_packages() {
  local packages=()
  has git || packages+=(git ca-certificates)
  # Other systems keep these files elsewhere, and a Swift that works has found them.
  if has apt-get && ! has_c_libraries; then packages+=(g++); fi
  has_gsl || packages+=(libgsl-dev pkg-config)
  if [[ $goal != build ]]; then has_python || packages+=(python3 python3-venv); fi
  ((${#packages[@]})) || return 0
  has apt-get || fail "install what these Debian packages hold: ${packages[*]}"
  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  echo "setup: installing ${packages[*]}"
  "${as_root[@]+"${as_root[@]}"}" apt-get update -qq
  "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
}

install_mac_packages() {
  has git || fail 'there is no git: run xcode-select --install'
  local formulae=()
  has_gsl || formulae+=(gsl pkg-config)
  if [[ $goal != build ]]; then has_python || formulae+=(python); fi
  ((${#formulae[@]})) || return 0
  has brew || fail "install Homebrew from https://brew.sh, or yourself: ${formulae[*]}"
  echo "setup: installing ${formulae[*]}"
  HOMEBREW_NO_AUTO_UPDATE=1 brew install --quiet "${formulae[@]}"
}

# Installs the packages of a file in Scripts into a virtual environment.
install_python_packages() {
  local environment=${2:-.venv}
  # The copy is made last, so that an interrupted installation is not taken for a whole one.
  cmp -s "Scripts/$1" "$environment/$1" && return
  echo "setup: installing the packages of Scripts/$1 into $environment"
  [[ -x $environment/bin/python ]] || python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    -r "Scripts/$1"
  cp "Scripts/$1" "$environment/$1"
}

case $goal in
  build | tests | peers | notebooks) ;;
  *) fail "build, tests, peers or notebooks, not $goal" ;;
esac
check_swift
case $(uname) in
  Darwin) install_mac_packages ;;
  *) install_debian_packages ;;
esac
case $goal in
  tests | peers) install_python_packages requirements.txt ;;
  notebooks) install_python_packages requirements-notebooks.txt .venv-notebooks ;;
esac
if [[ $goal == peers ]]; then install_python_packages requirements-peers.txt; fi
