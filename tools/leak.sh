# The command `leak`.  Sourced by `run`, which sets `root` and `cache`.  shellcheck shell=bash

example=docs/examples/serve_prices.py

# From nothing to an answer: runs an example that leaks, and says what holds its memory.
show_leak() {
  local packages=("${build_packages[@]}") folder=$cache/leak python scanner
  local is_desktop=${DISPLAY:-}${WAYLAND_DISPLAY:-}
  [[ -z $is_desktop ]] || packages+=("${view_packages[@]}")
  require "${packages[@]}"
  build_programs
  python=$(python_with_headers)
  find_scanner "$python"
  mkdir -p "$folder"
  say "running $example, which leaks, and dumping its heap"
  run_example "$python" "$folder/leak.json" 2>&1 | sed 's/^/  /' >&2
  say "converting the dump"
  "$cache/memdump2callgrind" -o "$folder/callgrind.out.leak" "$folder/leak.json"
  # From here, so that the example's source is below the current folder.
  (cd "$root" && python3 tools/show_holder.py "$cache/heapgrind" "$folder/leak.json")
  look "$folder" "$is_desktop"
}

# Runs the example with an interpreter, and dumps its heap to a file.
run_example() {
  (cd "$root" && PYTHONPATH=$scanner "$1" -m heapgrind run -o "$2" "$example")
}

# Opens the profile in the folder $1 in KCachegrind; without a screen ($2) says how to look.
look() {
  local viewer=(kcachegrind)
  # KDE's programs end at once where there is no session bus.
  [[ -n ${DBUS_SESSION_BUS_ADDRESS:-} ]] || viewer=(dbus-run-session -- kcachegrind)
  if [[ -n $2 ]] && command -v kcachegrind >/dev/null; then
    say "kcachegrind $1/callgrind.out.leak"
    "${viewer[@]}" "$1/callgrind.out.leak" </dev/null >"$cache/kcachegrind.log" 2>&1 && return
    say "expected KCachegrind to open it, see $cache/kcachegrind.log"
  fi
  cat <<END

Look further:
  ./run heapgrind summary $1/leak.json    # here: types, packages, largest objects
  ./run heapgrind walk $1/leak.json       # here: from object to object
  kcachegrind $1/callgrind.out.leak       # on a machine with a screen
END
}
