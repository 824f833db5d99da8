# Steps that say one line and keep the rest in a log; installation.  Sourced by `run`, which
# sets `cache`.  shellcheck shell=bash

say() { echo "run: $*" >&2; }

die() {
  say "$@"
  exit 1
}

# quietly LOG WHAT COMMAND...: says what is done, and runs the command with its output in
# .run/LOG.  If it fails: the last lines of that, and status 1.
quietly() {
  local log=$cache/$1
  say "$2 (log: $log)"
  mkdir -p "$cache"
  "${@:3}" </dev/null >"$log" 2>&1 && return
  tail -n 20 "$log" >&2
  return 1
}

# Those of the named packages that are not installed, a line each.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      echo "$package"
  done
}

apt_install=(apt-get install -y --no-install-recommends -o Dpkg::Use-Pty=0)

# What the installation of packages takes: `N packages, N MB to fetch`.  Needs no root.
price_of() {
  local packages bytes
  packages=$("${apt_install[@]}" -s "$@" 2>/dev/null | grep -c '^Inst ') || true
  bytes=$("${apt_install[@]}" -qq --print-uris "$@" 2>/dev/null | awk '{sum += $3} END {print sum + 0}')
  echo -n "$packages packages, $(((bytes + 999999) / 1000000)) MB to fetch"
  [[ " $* " != *" bazel-bootstrap "* ]] || echo -n ", with the JDK that Bazel needs"
}

# Sets `as_root` to what runs a command as root, or dies with the packages to ask for.
become_root() {
  as_root=()
  ((EUID != 0)) || return 0
  as_root=(sudo)
  command -v sudo >/dev/null && sudo true </dev/null >&2 && return
  die "expected root or sudo, to install missing packages
hint: ask for: apt-get install --no-install-recommends $*"
}

# Installs those of the named packages that are missing.
require() {
  [[ -z ${HEAPGRIND_NO_APT:-} ]] || return 0
  if ! command -v dpkg-query apt-get >/dev/null; then
    die "expected apt-get, to install: $*
hint: install what these are called here, then set HEAPGRIND_NO_APT=1"
  fi
  local missing as_root
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  become_root "${missing[@]}"
  # An update may fail where no network is but the packages are at hand.
  quietly update.log "updating apt's lists" "${as_root[@]}" apt-get -qq update ||
    say "apt-get update: not updated"
  quietly install.log "installing $(price_of "${missing[@]}")" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${apt_install[@]}" "${missing[@]}" ||
    die "expected apt-get to install ${missing[*]}"
}
