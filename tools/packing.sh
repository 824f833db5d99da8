# What packages of the programs contain.  Sourced by `run`, which sets `root`, `cache` and
# `programs`.
# shellcheck shell=bash

# Builds the native programs and writes them without symbols to .run/stripped.
strip_programs() {
  local program
  mkdir -p "$cache/stripped"
  build_programs
  for program in "${programs[@]}"; do
    strip -o "$cache/stripped/$program" "$cache/$program"
  done
}

# Prints `$1 FILE` for each file that is named after it, a word a line.
repeat_option() {
  local file
  for file in "${@:2}"; do printf '%s\n' "$1" "$file"; done
}

# What the licences of the libraries ask for that the programs contain.
write_notices() {
  local package
  for package in $(linked_packages); do
    printf '== %s\n\n' "$package"
    cat "/usr/share/doc/$package/copyright"
  done
}

# Sets `parts` to the options that name what a package has besides Python's part.  heapgrind holds
# `blobs`, or those for the Pythons of this machine.
name_parts() {
  local pythons
  strip_programs
  if [[ -z ${blobs+set} ]]; then
    local blobs
    find_pythons
    find_blobs "${pythons[@]}"
  fi
  add_blobs "$cache/stripped/heapgrind" "$cache/stripped/heapgrind"
  write_notices >"$cache/NOTICES"
  mapfile -t parts < <(
    repeat_option --program "${programs[@]/#/$cache/stripped/}"
    repeat_option --manual "$root"/docs/*.1
  )
  parts+=(--notices "$cache/NOTICES")
}

# Builds a wheel for every Python that is found; prints their paths, a line each.
build_wheels() {
  local parts python pythons
  name_parts
  mapfile -t pythons < <(python3 "$root/tests/test_pythons.py" --list)
  for python in "${pythons[@]}"; do
    "$python" "$root/scanner/build_wheel.py" --manylinux "${parts[@]}" | tail -n 1
  done
}
