# Commands that test.  Sourced by `run`, which sets `root` and `cache`.  shellcheck shell=bash

# What is also run under the sanitizers: tests in C++, the converter as a whole, and the
# scanner in a live process.
asan_targets=(//tests/converter/... //tests/end_to_end/convert:bad_command_line_test
              //tests/end_to_end/convert:bad_input_test //tests/end_to_end/convert:golden_test
              //tests/scanner:sanitized_test)

# What is also run under the thread sanitizer.
tsan_targets=(//tests/converter/laws:parallel_reading_test //tests/converter/laws:thread_count_test
              //tests/converter/fuzz:whole_commands_test)

# Runs `bazel test` with the arguments given, which name the targets.  The last
# line of stdout counts the tests.
run_tests() {
  require "${build_packages[@]}" "${test_packages[@]}"
  local events status=0 summary=()
  [[ -t 2 ]] || summary=(--test_summary=terse)
  mkdir -p "$cache"
  events=$(mktemp "$cache/events.XXXXXX")
  trap "rm -f '$events'" EXIT
  say "building the tests and running them"
  run_bazel test "${summary[@]}" --keep_going --build_event_json_file="$events" "$@" >&2 || status=$?
  python3 "$root/tests/count_tests.py" --bazel-status="$status" "$events"
}

# Whether one of the arguments is no option.
has_target() {
  local argument
  for argument in "$@"; do
    [[ $argument == -* ]] || return 0
  done
  return 1
}

# Runs each fuzzer for its share of $1 seconds.
run_fuzzers() {
  require "${build_packages[@]}" clang libclang-rt-dev
  local bin name status=0
  local names=(dump_reader_fuzzer canonical_record_fuzzer whole_commands_fuzzer)
  build "the fuzzers" --config=fuzz "${names[@]/#///tests/converter/fuzz:}"
  bin=$(run_bazel info --config=fuzz bazel-bin 2>/dev/null)
  for name in "${names[@]}"; do
    mkdir -p "$cache/fuzz/$name"
    # libFuzzer writes to the first folder and to the prefix; the others are only read.
    "$bin/tests/converter/fuzz/$name" -max_len=65536 -artifact_prefix="$cache/fuzz/$name-" \
      -max_total_time=$((${1:-60} / ${#names[@]} + 1)) -rss_limit_mb=4096 \
      "$cache/fuzz/$name" "$root"/testdata/fuzz/* || status=1
  done
  return $status
}

run_benchmarks() {
  require "${build_packages[@]}" "${benchmark_packages[@]}"
  local programs=(//converter:memdump2callgrind //converter:heapgrind) name
  for name in generate_dump heap_benchmark dominators_benchmark dump_reader_benchmark; do
    programs+=("//tests/converter/benchmarks:$name")
  done
  build "what is measured" "${programs[@]}"
  "$(python_with_headers)" "$root/tests/benchmark.py" "$@"
}

# Needed only where a root file system is not made yet.  $@: what is needed with it.
require_debootstrap() {
  (require debootstrap "$@") || say "debootstrap${*:+ or $*}: not installed"
}

# Runs the command $1 that tests, or says that there is none of that name.
run_test_command() {
  local command=$1
  shift
  case $command in
    test)
      has_target "$@" || set -- "$@" //...
      run_tests "$@"
      ;;
    test-pythons)
      require "${build_packages[@]}" python3-venv
      strip_programs
      export HEAPGRIND_PROGRAMS=$(IFS=: && echo "${programs[*]/#/$cache/stripped/}")
      python3 "$root/tests/test_pythons.py" "$@"
      ;;
    test-wheels)
      require "${build_packages[@]}" python3-venv
      require_debootstrap
      mapfile -t wheels < <(build_wheels | sort -u)
      exec python3 "$root/tests/wheels/test_wheels.py" "${wheels[@]}"
      ;;
    test-dumps)
      require "${build_packages[@]}" "${test_packages[@]}"
      strip_programs
      python3 "$root/tests/test_outside.py" "$cache/stripped/heapgrind" "$@"
      ;;
    test-all) exec "$root/.ci/run" --all ;;
    test-fresh)
      require_debootstrap
      exec python3 "$root/tests/fresh_root.py" "$@"
      ;;
    test-32bit)
      require_debootstrap
      exec python3 "$root/tests/test_32bit.py" "$@"
      ;;
    test-aarch64)
      require "${build_packages[@]}"
      require_debootstrap "${arm_packages[@]}"
      build_for_aarch64
      exec python3 "$root/tests/test_aarch64.py" "$@"
      ;;
    test-converter-aarch64)
      require_debootstrap "${arm_packages[@]}"
      test_for_aarch64
      ;;
    test-free-threaded)
      require "${build_packages[@]}" "${python_packages[@]}"
      strip_programs
      export HEAPGRIND_PROGRAMS=$(IFS=: && echo "${programs[*]/#/$cache/stripped/}")
      exec python3 "$root/tests/test_free_threaded.py" "$@"
      ;;
    test-musl)
      require_debootstrap python3-venv
      strip_programs
      write_notices >"$cache/NOTICES"
      exec python3 "$root/tests/test_musl.py" "$@"
      ;;
    python-root | test-roots)
      require_debootstrap
      [[ $command == python-root ]] || strip_programs  # What is tested there is built here.
      exec python3 "$root/tests/${command/-/_}.py" "$@"
      ;;
    test-outside)
      run_tests --test_env=HEAPGRIND_TEST_STOPS=1000 --test_env=HEAPGRIND_TEST_BALLAST=1000 \
        --test_timeout=7200 \
        //tests/end_to_end/outside:{stops,killed,real_dump}_test \
        //tests/end_to_end/core:{inside,damaged}_core_test
      ;;
    test-yama)
      require "${build_packages[@]}" qemu-system-x86
      strip_programs
      find_blobs /usr/bin/python3
      exec python3 "$root/tests/test_yama.py" "$cache/stripped/heapgrind" "${blobs[0]}"
      ;;
    test-sentences)
      require "${build_packages[@]}" "${test_packages[@]}"
      run_tests //tests/end_to_end/sentences:{programs,later_programs}_test
      ;;
    test-cgroup2)
      require "${build_packages[@]}" qemu-system-x86
      wheel=$(/usr/bin/python3 "$root/scanner/build_wheel.py" --out "$cache/wheels" | tail -n 1)
      exec python3 "$root/tests/test_cgroup2.py" "$wheel"
      ;;
    test-suites)
      require "${build_packages[@]}" python3-venv
      strip_programs
      wheel=$(/usr/bin/python3 "$root/scanner/build_wheel.py" --out "$cache/wheels" \
        --program "$cache/stripped/heapgrind" | tail -n 1)
      exec python3 "$root/tests/test_suites.py" "$wheel" "$@"
      ;;
    test-metrics)
      require "${build_packages[@]}" "${test_packages[@]}" prometheus
      run_tests //tests/end_to_end/commands:metrics_test
      ;;
    test-native)
      require "${build_packages[@]}" "${test_packages[@]}" "${native_packages[@]}"
      run_tests //tests/end_to_end/native:packages_test //tests/end_to_end/native:package_sums_test
      ;;
    test-programs)
      name_programs "$@"
      require "${program_packages[@]}"
      test_programs
      ;;
    test-packages)
      require "${build_packages[@]}" python3-venv
      strip_programs
      exec python3 "$root/tests/packages/test_packages.py" --programs="$cache/stripped" "$@"
      ;;
    compare-tools)
      require "${build_packages[@]}" python3-venv
      strip_programs
      exec /usr/bin/python3 "$root/tests/peers/compare_tools.py" "$cache/stripped/heapgrind"
      ;;
    test-page)
      require "${build_packages[@]}" "${test_packages[@]}" "${page_packages[@]}"
      name_axe
      run_tests --test_env=HEAPGRIND_AXE="$axe" //tests/end_to_end/page:page_browser_test \
        //tests/end_to_end/page:page_looks_test
      ;;
    referees)
      command -v npm >/dev/null || referee_packages+=(nodejs npm)
      require "${build_packages[@]}" "${referee_packages[@]}"
      run_tool tests/referees
      ;;
    asan)
      [[ ${1:-} != --scanner ]] || set -- //tests/scanner:sanitized_test "${@:2}"
      has_target "$@" || set -- "$@" "${asan_targets[@]}"
      run_tests --config=asan --build_tests_only "$@"
      ;;
    tsan)
      has_target "$@" || set -- "$@" "${tsan_targets[@]}"
      run_tests --config=tsan --build_tests_only "$@"
      ;;
    fuzz) run_fuzzers "$@" ;;
    benchmark) run_benchmarks "$@" ;;
    *) usage_error "expected a command, got '$command'" ;;
  esac
}
