# The native programs for 64-bit ARM, cross-compiled here and tested by an emulator.  Sourced by
# `run`, which sets `root`, `cache` and `programs`.
# shellcheck shell=bash

# Sets `cross` to the options by which Bazel builds for ARM, with the libraries of Debian's in
# the folder that tests/test_aarch64.py makes.
name_cross_options() {
  local debian
  debian=$(python3 "$root/tests/test_aarch64.py" --make) || {
    echo "$debian" # "not run: REASON"
    exit 1
  }
  cross=(--config=aarch64 "--repo_env=CC=$root/tools/cc-aarch64"
         "--linkopt=-L$debian/usr/lib/aarch64-linux-gnu")
}

# Builds the programs, without symbols, as .run/aarch64/..., and what their licences ask for.
build_for_aarch64() {
  local cross folder program
  name_cross_options
  mkdir -p "$cache/aarch64"
  build "the programs for ARM, some minutes" "${cross[@]}" "${programs[@]/#///converter:}"
  folder=$(run_bazel info "${cross[@]}" bazel-bin 2>/dev/null)/converter
  for program in "${programs[@]}"; do
    aarch64-linux-gnu-strip -o "$cache/aarch64/$program" "$folder/$program"
  done
  write_notices >"$cache/aarch64/NOTICES"
}

# Runs the converter's tests of C++, but for those of what is for x86-64 alone, and for one that
# limits memory: qemu-user heeds no limit.
test_for_aarch64() {
  local cross
  name_cross_options
  run_tests --test_filter=-MemoryLimitTest.AddressSpaceLimits --test_lang_filters=cc --build_tests_only \
    --run_under=/usr/bin/qemu-aarch64-static "${cross[@]}" \
    -- //tests/converter/... -//tests/converter/outside/... -//tests/converter/benchmarks/...
}
