# Builds with Bazel what is not up to date.  Sourced by `run`, which sets `root`, `cache` and
# `programs`.
# shellcheck shell=bash

# Sets `offline` to what makes Debian's Bazel 7 read WORKSPACE and take from this
# machine what it would download; to nothing for Bazel 4, which does both.
name_offline_options() {
  local bazel_folder=/usr/share/bazel name
  offline=()
  [[ -d $bazel_folder/tools/features ]] || return 0
  offline=(--noenable_bzlmod --enable_workspace)
  for name in bazel_skylib=tools/skylib bazel_features=tools/features platforms=tools/platforms \
    rules_license=rules/license; do
    [[ ! -d $bazel_folder/${name#*=} ]] ||
      offline+=("--override_repository=${name%%=*}=$bazel_folder/${name#*=}")
  done
}

# Bazel in this workspace, as far as possible from the user's stdin and stdout.
run_bazel() {
  command -v bazel >/dev/null || die "expected bazel in PATH (Debian: bazel-bootstrap)"
  local offline quiet=()
  name_offline_options
  [[ -t 2 ]] || quiet=(--noshow_progress --noshow_loading_progress)
  (cd "$root" && HOME=${HOME:-/tmp} USER=${USER:-$(id -un)} \
    bazel "$1" "${offline[@]}" "${quiet[@]}" "${@:2}" </dev/null)
}

# Builds targets, which $1 names for people.  On a terminal Bazel says how far it is.
build() {
  if [[ -t 2 ]]; then
    run_bazel build --show_result=0 "${@:2}" >&2
  else
    quietly build.log "building $1" run_bazel build --show_result=0 "${@:2}"
  fi
}

# Whether .run/$1 is newer than the files and folders that follow, of which it is
# made.  Change times, not modification times, because those of a checkout or copy
# may be old; folders too, because theirs changes when a file is deleted.
is_fresh() {
  [[ -x $cache/$1 && -z $(cd "$root" && find "${@:2}" -cnewer "$cache/$1" -print -quit 2>&1) ]]
}

is_program_fresh() {
  local sources=(converter scanner/blob/blob_input.h BUILD MODULE.bazel WORKSPACE system_packages.bzl .bazelrc tools/bazel.sh)
  [[ -e $root/user.bazelrc ]] && sources+=(user.bazelrc)
  is_fresh "$1" "${sources[@]}"
}

# Builds //$1:$2 as .run/$2.
build_program() {
  require "${build_packages[@]}"
  mkdir -p "$cache"
  local new
  new=$(mktemp "$cache/$2.XXXXXX")
  trap "rm -f '$new' '$new.start'" EXIT
  touch "$new.start"
  build "$2, the first time for some minutes" "//$1:$2"
  cp -f "$(run_bazel info bazel-bin 2>/dev/null)/$1/$2" "$new"
  chmod 755 "$new"
  touch -r "$new.start" "$new"
  mv -f "$new" "$cache/$2"
  rm -f "$new.start"
  trap - EXIT
}

# Builds what users run, where it is not up to date.
build_programs() {
  local program
  for program in "${programs[@]}"; do
    is_program_fresh "$program" || build_program converter "$program"
  done
}

# Runs //$1, a program of this project's own making, in this workspace.
run_tool() {
  local target=$1
  shift
  run_bazel run --ui_event_filters=-info "//$target" -- "$@"
}
