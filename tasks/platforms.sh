# The table of docs/platforms.md, which `./dev test --everywhere` writes, a row for each thing that it has run.

platforms_failed=()

# Runs a command; with --everywhere it notes in the table how that ended, and goes on after a failure:
# platform RUNTIME VERSION BUILD WHAT ARGUMENTS COMMAND…    ARGUMENTS are those of `./dev test` that run it
platform() {
    local runtime=$1 version=$2 build=$3 what=$4 arguments=$5 result=right status
    shift 5
    if ! option --everywhere; then
        "$@"
        return
    fi
    # Not in a condition, where `set -e` does nothing.
    set +e
    (
        set -e
        "$@"
    )
    status=$?
    set -e
    [ "$status" = 0 ] || result=FAILED platforms_failed+=("$runtime, $build: $what")
    python3 tasks/platforms.py "$runtime" "${version#v}" "$build" "$what" "$result" "./dev test $arguments"
}

# The suites of a language.
platform_tests() {
    local runtime version build what="all tests and vectors"
    case $1 in
    rust) runtime=Rust version=$(rustc --version | cut -d ' ' -f 2) build="compiled by the program" ;;
    node) runtime=Node.js version=$(node --version) build=$(node_package) ;;
    python) runtime=Python version=$("$python_environment/bin/python" -c "import platform; print(platform.python_version())") build="the wheel's library" ;;
    swift) runtime=Swift version=$(swift_run swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p') build="the static library" ;;
    esac
    platform "$runtime" "$version" "${build#@polywrite/}" "$what" "$1" "$1_test"
}

platforms_end() {
    [ ${#platforms_failed[@]} = 0 ] || fail "not everything was right: $(printf '\n    %s' "${platforms_failed[@]}")"
}
