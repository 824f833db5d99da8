# Blobs, the scanners that `heapgrind dump` puts into the copy of a process, and the program that
# holds them.  Sourced by `run`, which sets `root` and `cache`.
# shellcheck shell=bash

# Sets `pythons` to the interpreters with C headers of this machine, and those named.
find_pythons() {
  mapfile -t pythons < <(printf '%s\n' "$@" && python3 "$root/tests/test_pythons.py" --list)
  ((${#pythons[@]})) && [[ -n ${pythons[0]} ]] || pythons=("${pythons[@]:1}")
}

# Sets `blobs` to the paths of those for the interpreters named, and builds what is not up to date.
find_blobs() {
  local python name names=() stale=()
  blobs=()
  for python in "$@"; do
    names+=("$(interpreter_name "$python")")
    is_fresh "blobs/${names[-1]}/built" scanner || stale+=("$python" "${names[-1]}")
  done
  if ((${#stale[@]})); then
    quietly blobs.log "building the scanners for $((${#stale[@]} / 2)) Pythons, some ten seconds each" \
      build_blobs "${stale[@]}" || exit 1
  fi
  for name in "${names[@]}"; do add_blob "$cache/blobs/$name"/*.blob; done
}

# Adds the files to `blobs`, but for those whose like is there: a version has one.
add_blob() {
  local file other
  for file in "$@"; do
    for other in "${blobs[@]}"; do
      [[ ${other##*/} != "${file##*/}" ]] || continue 2
    done
    blobs+=("$file")
  done
}

# Takes interpreters and their names in turn; builds as many at once as there are processors.
build_blobs() {
  local jobs=()
  while (($#)); do
    ((${#jobs[@]} < $(nproc))) || { wait "${jobs[0]}" || return 1; jobs=("${jobs[@]:1}"); }
    build_blob "$1" "$cache/blobs/$2" &
    jobs+=("$!")
    shift 2
  done
  for job in "${jobs[@]}"; do wait "$job" || return 1; done
}

# Builds the blob for an interpreter as the only one in a folder.
build_blob() {
  rm -rf "$2"
  mkdir -p "$2"
  touch "$2/begun"
  "$1" "$root/scanner/build_blob.py" --out "$2" || return 1
  chmod 755 "$2/begun"
  mv "$2/begun" "$2/built"
}

# Builds those for the Pythons of another Debian, whose folder is $1, and adds them to `blobs`.
build_blobs_of_root() {
  local folder include name place=$cache/blobs/${1##*/}
  include=$(mktemp -d)
  ln -s "$1/usr/include/x86_64-linux-gnu" "$include/x86_64-linux-gnu"
  for folder in "$1"/usr/{include,local/musl/include}/python3.*; do
    [[ -e $folder/Python.h ]] || continue
    name=${folder##*/python3.}
    [[ $folder != */musl/* ]] || name+=musl
    python3 "$root/scanner/build_blob.py" --include "$folder" --include "$include" \
      --tag "cp3$name" --out "$place" >&2 || return 1
  done
  rm -r "$include"
  add_blob "$place"/*.blob
}

# Writes heapgrind with `blobs` to $2; $1 is the program.
add_blobs() {
  mkdir -p "$(dirname "$2")"
  quietly add_blobs.log "adding ${#blobs[@]} scanners to heapgrind" \
    python3 "$root/converter/add_blobs.py" "$1" "${blobs[@]}" -o "$2" || exit 1
}

# Becomes `heapgrind dump`, or `attach`, with the blobs for the Pythons of this machine.
run_dump() {
  local pythons blobs program=$cache/dump/heapgrind
  is_program_fresh heapgrind || build_program converter heapgrind
  require "${scanner_packages[@]}"
  find_pythons
  find_blobs "${pythons[@]}"
  [[ -x $program && -z $(find "$cache/heapgrind" "${blobs[@]}" -newer "$program") ]] ||
    add_blobs "$cache/heapgrind" "$program"
  exec "$program" "$@"
}

# Builds all that users may take away: programs with the scanners for all Pythons that can be had
# here, wheels and a Debian package.  Prints their paths.
release() {
  local pythons blobs parts distribution python folder
  find_pythons "$@"
  find_blobs "${pythons[@]}"
  for distribution in trixie sid musl; do
    folder=$(python3 "$root/tests/python_root.py" "$distribution" </dev/null | tail -n 1)
    if [[ -d $folder/usr/include ]]; then
      build_blobs_of_root "$folder" 2>>"$cache/blobs.log" || exit 1
    else
      say "$distribution: ${folder:-not to be had here}; its Pythons are left out"
    fi
  done
  name_parts
  for python in "${pythons[@]}"; do
    "$python" "$root/scanner/build_wheel.py" --manylinux "${parts[@]}" | tail -n 1
  done
  if [[ -d $folder/usr/local/musl ]]; then
    python3 "$root/tests/musl_wheel.py" "${parts[@]}" || exit 1
  fi
  python3 "$root/converter/build_deb.py" "${parts[@]}" | tail -n 1
  echo "$cache/stripped/heapgrind"
}
