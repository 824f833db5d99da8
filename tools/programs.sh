# Real programs, each with planted objects.  Sourced by `run`, which sets `root`.
# shellcheck shell=bash

# Sets `names` to the programs named, or to all.
name_programs() {
  local jobs=$root/tests/end_to_end/programs/jobs name
  names=("$@")
  if (($# == 0)); then
    for name in "$jobs"/*.py; do
      name=$(basename "$name" .py)
      [[ $name == planted ]] || names+=("$name")
    done
  fi
  for name in "${names[@]}"; do
    [[ $name != planted && -f $jobs/$name.py ]] ||
      usage_error "expected a program in tests/end_to_end/programs/jobs, got '$name'"
  done
}

# Tests the programs in `names`.  Prints a row of the table for each, then the count.
test_programs() {
  local count status=0 folder=tests/end_to_end/programs logs targets
  logs=("${names[@]/#/$root/bazel-testlogs/$folder/}")
  logs=("${logs[@]/%/_test/test.log}")
  targets=("${names[@]/#///$folder:}")
  count=$(run_tests "${targets[@]/%/_test}") || status=$?
  echo '| program | objects | MB | native MB | owned | explained | named | planted, found |'
  echo '|---|---|---|---|---|---|---|---|'
  grep -h '^| ' "${logs[@]}" || true
  printf '%s\n' "$count"
  return $status
}
