# Measures ours beside the official SDKs and the lower bounds, interleaved in one run, with benches/harness
# and scenarios of our own; writes benches/RESULTS.md and benches/results.svg. --quick measures the most important ones
# once, without Swift unless it is named. The first run builds what is measured, which takes minutes.
choose --quick -- "$@"

harness=$root/benches/harness
export BENCH_WORK=$cache/bench
mkdir -p "$BENCH_WORK"

say "Building what is measured"
peers=() subjects=()
bench_rust() {
    cargo build --quiet --release --manifest-path benches/rust/Cargo.toml --target-dir "$BENCH_WORK/target"
    peers+=(--sdk "rust:appwrite:$BENCH_WORK/target/release/peer:")
    subjects+=(--add "rust:polywrite:$BENCH_WORK/target/release/polywrite-bench:")
}
# Builds the packages anew, so that the run measures the tree.
bench_node() {
    . tasks/node.sh
    node_build
    rm -rf "$BENCH_WORK/node-polywrite"
    mkdir -p "$BENCH_WORK/node-polywrite"
    (cd "$BENCH_WORK/node-polywrite" && echo '{"private": true}' >package.json &&
        npm install --silent --no-audit --no-fund "$root"/dist/node/*.tgz)
    [ -d "$BENCH_WORK/node-ws" ] || (mkdir -p "$BENCH_WORK/node-ws" && cd "$BENCH_WORK/node-ws" &&
        echo '{"private": true}' >package.json && npm install --silent --no-audit --no-fund ws@8.18.3)
    peers+=(--sdk "node:appwrite:$BENCH_WORK/node:node-appwrite")
    subjects+=(--add "node:polywrite:$BENCH_WORK/node-polywrite:polywrite")
}
bench_python() {
    . tasks/python.sh
    python_build
    [ -d "$BENCH_WORK/python-polywrite" ] || python3 -m venv "$BENCH_WORK/python-polywrite"
    "$BENCH_WORK/python-polywrite/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-index dist/python/*.whl
    [ -d "$BENCH_WORK/python-websockets" ] || (python3 -m venv "$BENCH_WORK/python-websockets" &&
        "$BENCH_WORK/python-websockets/bin/pip" install --quiet --disable-pip-version-check websockets==15.0.1)
    peers+=(--sdk "python:appwrite:$BENCH_WORK/python/sdk/bin/python:appwrite")
    subjects+=(--add "python:polywrite:$BENCH_WORK/python-polywrite/bin/python:polywrite")
}
bench_swift() {
    . tasks/swift.sh
    swift_setup
    swift_native bindings-swift/.build/native-release release
    PKG_CONFIG_PATH=$root/bindings-swift/.build/native-release/lib/pkgconfig \
        swift_run swift build --quiet -c release --package-path ../benches/swift --scratch-path .build/bench
}

if option --quick; then
    [ "$chosen_languages" != "$languages" ] || chosen_languages="rust node python"
    shared=(cold get conc64 list25 list5000) own=(asyncio64 typed5000)
    [[ $chosen_languages != *swift* ]] || own+=(get conc64 list5000)
    repetitions=1
else
    shared=(get conc64 list25 list5000) own=(get conc64 list25 list5000 asyncio64 typed5000)
    repetitions=3
fi
cargo build --quiet --release --manifest-path "$harness/server/Cargo.toml" --target-dir "$BENCH_WORK/target"
for language in $chosen_languages; do "bench_$language"; done

# Runs scenarios of the harness, which has none for Swift: bench_shared REPETITIONS SCENARIO…
bench_shared() {
    local count=$1
    shift
    [ ${#peers[@]} -gt 0 ] || return 0
    "$harness/run.sh" "${peers[@]}" "${subjects[@]}" --reps "$count" --only "$@" >>"$BENCH_WORK/tables.md"
}
# Runs scenarios of ours: bench_own REPETITIONS SCENARIO…
bench_own() {
    local count=$1
    shift
    # shellcheck disable=SC2086
    python3 -m benches.own "$BENCH_WORK/results.json" "$count" "$@" -- $chosen_languages
}

say "Measuring (the machine should have nothing else to do)"
rm -f "$BENCH_WORK/results.json" "$BENCH_WORK/tables.md"
# The harness prints all results in the file and knows only its own, so its scenarios come first.
bench_shared "$repetitions" "${shared[@]}"
option --quick || bench_shared "$repetitions" cold tls create conns ssr upload1024 download256
bench_own "$repetitions" "${own[@]}"
if ! option --quick; then
    bench_own "$repetitions" clients1000 file parallel iterate bulk hooks realtime
    bench_own 1 memory
    cargo build --quiet --release -p polywrite-cli
    python3 -m benches.emulator "$BENCH_WORK/results.json" target/release/polywrite
    say "Building a hello-world with our crate and with the official one"
    # shellcheck disable=SC2086
    python3 -m benches.build "$BENCH_WORK/results.json" $chosen_languages
fi
python3 -m benches.report "$BENCH_WORK/results.json" benches "./dev bench${*:+ $*}"
say "Written: benches/RESULTS.md and benches/results.svg"
