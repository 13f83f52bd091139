#!/usr/bin/env bash
# Builds InformationTheory, ClassificationLosses and a program that imports the first, which
# Scripts/check-client.sh looks at, as if GSL were not installed: its headers, libraries and
# pkg-config file are hidden, in a mount namespace, from the children of this script and
# from nobody else. SpecialFunctions must fail to build there, and say for want of what.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  printf 'without GSL: %s\n' "$*" >&2
  exit 1
}

finds_header() { clang -fsyntax-only -x c - <<< '#include <gsl/gsl_sf.h>' 2> /dev/null; }

# Starts this script again as root of a namespace in which mounts are its own.
outside() {
  local needs='hiding GSL takes a mount namespace'
  [[ $(uname) == Linux ]] || fail "$needs, which only Linux has: run this check there"
  local nothing='so hiding it would show nothing: run make setup'
  finds_header || fail "gsl/gsl_sf.h is not installed, $nothing"
  pkg-config --exists gsl || fail "pkg-config does not find gsl, $nothing"
  local arguments=(
    Scripts/check-without-gsl.sh hide "$(id -u)" "$(id -g)"
    "$(pkg-config --variable=includedir gsl)/gsl" "$(pkg-config --variable=pcfiledir gsl)"
    "$(pkg-config --variable=libdir gsl)"
  )
  if unshare --mount true 2> /dev/null; then
    exec unshare --mount "${arguments[@]}"
  elif unshare --mount --map-root-user true 2> /dev/null; then
    # Root of the namespace is this user outside of it.
    arguments[2]=0 arguments[3]=0
    exec unshare --mount --map-root-user "${arguments[@]}"
  elif sudo unshare --mount true; then
    exec sudo env "PATH=$PATH" "HOME=$HOME" unshare --mount "${arguments[@]}"
  fi
  fail "$needs: run this as root, with sudo, or where users may make namespaces (unshare -rm)"
}

# Covers GSL's files, and goes on as the user who called.
hide() {
  local user=$1 group=$2 headers=$3 packages=$4 libraries=$5 file
  mount -t tmpfs tmpfs "$headers"
  mount -t tmpfs tmpfs "$packages"
  for file in "$libraries"/libgsl*; do mount --bind /dev/null "$file"; done
  local as_user=()
  ((user == EUID)) || as_user=(setpriv --reuid "$user" --regid "$group" --init-groups)
  exec "${as_user[@]+"${as_user[@]}"}" Scripts/check-without-gsl.sh build
}

build() {
  ! finds_header || fail 'gsl/gsl_sf.h is still found after hiding it'
  ! pkg-config --exists gsl || fail 'pkg-config still finds gsl after hiding it'

  # Always from nothing: what an earlier build left could have come from GSL.
  rm -rf .build/without-gsl .build/client-without-gsl
  # By target, because for a library `--product` builds the whole package. The client
  # then takes the product.
  local root=(swift build --scratch-path .build/without-gsl) output target
  for target in InformationTheory ClassificationLosses; do
    output+=$("${root[@]}" --target "$target" 2>&1) || fail "$target was not built: $output"
  done

  Scripts/check-client.sh .build/client-without-gsl

  if output+=$("${root[@]}" --target SpecialFunctions 2>&1); then
    fail 'SpecialFunctions was built: GSL comes from somewhere else'
  fi
  # The package manager names the Debian package at the first of these builds.
  local words
  for words in "gsl/gsl_errno.h' file not found" libgsl-dev; do
    grep -qF -- "$words" <<< "$output" \
      || fail "the builds should say \"$words\", but says: $output"
  done
  echo 'Both libraries and the client build without GSL; SpecialFunctions asks for it'
}

"${@:-outside}"
