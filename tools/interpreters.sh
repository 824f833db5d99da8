# Interpreters, and the scanner for each.  Sourced by `run`, which sets `root` and `cache`.
# shellcheck shell=bash

# The first Python 3 of this machine that has its C headers.
python_with_headers() {
  local python
  for python in python3 /usr/bin/python3; do
    has_headers "$python" || continue
    echo "$python"
    return
  done
  die "expected a python3 with its C headers (Debian: python3-dev)"
}

has_headers() {
  "$1" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' 2>/dev/null
}

# Prints a name for an interpreter that no other has, such as 3.11.2-1a2b3c4d: its version, and
# a sum of where it is and what its extension modules are called.
interpreter_name() {
  "$1" -c 'import os, sys, sysconfig, zlib
text = os.path.realpath(sys.executable) + str(sysconfig.get_config_var("SOABI"))
print("%d.%d.%d" % sys.version_info[:3] + "-%08x" % (zlib.crc32(text.encode()) & 0xffffffff))'
}

# Installs what an extension for an interpreter needs, as far as Debian has it.
require_headers() {
  local packages=()
  command -v g++ >/dev/null || packages=(g++)
  if ! has_headers "$1"; then
    case $(readlink -f "$(command -v "$1")") in
      /usr/bin/python3.*) packages+=("$(basename "$(readlink -f "$(command -v "$1")")")-dev") ;;
    esac
  fi
  ((${#packages[@]} == 0)) || require "${packages[@]}"
}

# Sets `scanner` to the folder that has the package heapgrind for the interpreter $1, and builds
# what is not up to date.
find_scanner() {
  local python=$1 name new
  [[ $python != python3 ]] || command -v python3 >/dev/null || require "${scanner_packages[@]}"
  "$python" -c '' 2>/dev/null || die "expected a Python that runs, got '$python'"
  name=$(interpreter_name "$python")
  scanner=$cache/scanner/$name
  ! is_fresh "scanner/$name/built" scanner || return 0
  require_headers "$python"
  has_headers "$python" || die "expected the C headers (Python.h) of '$python', found none"
  mkdir -p "$cache/scanner"
  new=$(mktemp -d "$cache/scanner/new.XXXXXX")
  trap "rm -rf '$new'" EXIT
  install -m 755 /dev/null "$new/built"
  quietly scanner.log "building the scanner for Python ${name%-*}, $python" \
    build_scanner "$python" "$new" || exit 1
  rm -rf "$scanner"
  mv "$new" "$scanner"
  trap - EXIT
}

# Builds the scanner for an interpreter and unpacks it into a folder.
build_scanner() {
  local wheel
  wheel=$("$1" "$root/scanner/build_wheel.py" --out "$2/wheel" | tail -n 1) &&
    "$1" -m zipfile -e "$wheel" "$2" && rm -r "$2/wheel"
}

# Takes --python PATH out of the arguments of a command that Python runs, and sets `python` to
# PATH and `words` to the others.  What follows the program to run belongs to that.
take_python() {
  python=
  words=()
  while (($#)); do
    case $1 in
      --python=*) python=${1#*=} ;;
      --python)
        (($# > 1)) || usage_error "expected the path of a Python after '--python'"
        python=$2
        shift
        ;;
      -o | --output | --when)
        words+=("${@:1:2}")
        (($# == 1)) || shift
        ;;
      -m* | -- | -) break ;;
      -*) words+=("$1") ;;
      *)
        [[ ${words[0]:-} == run ]] && break
        words+=("$1")
        ;;
    esac
    shift
  done
  words+=("$@")
}

# Becomes the scanner's command: run or hook.
run_python_command() {
  local python words scanner
  take_python "$@"
  find_scanner "${python:=${PYTHON:-python3}}"
  PYTHONPATH=$scanner${PYTHONPATH:+:$PYTHONPATH} exec "$python" -m heapgrind "${words[@]}"
}
