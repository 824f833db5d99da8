# What looks at the page of reports.  Sourced by `run`.  shellcheck shell=bash

axe_version=4.14.1

# Sets `axe` to the path of axe-core, which finds what a page lacks for people who cannot see it or
# use a mouse; to nothing if npm is not there to install it.
name_axe() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/heapgrind/axe-$axe_version
  axe=
  if [[ ! -e $folder/node_modules/axe-core/axe.min.js ]]; then
    command -v npm >/dev/null || {
      say "axe-core: not run, for want of npm"
      return 0
    }
    quietly axe.log "installing axe-core" \
      npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund "axe-core@$axe_version" ||
      die "expected npm to install axe-core"
  fi
  axe=$folder/node_modules/axe-core/axe.min.js
}
