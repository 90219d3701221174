# Measures ours beside the official SDKs and the lower bounds, interleaved in one run, with the harness of ../shared/bench;
# writes benches/RESULTS.md and benches/results.svg. --quick measures the most telling scenarios once.
choose "$@"

harness=$root/../shared/bench
[ -d "$harness" ] || fail "the harness is not here: ./dev bench needs the folder ../shared/bench"
export BENCH_WORK=$cache/bench
mkdir -p "$BENCH_WORK/harness"
# The harness builds in its own folder, which may be read-only.
cp -r "$harness"/. "$BENCH_WORK/harness/"
chmod -R u+w "$BENCH_WORK/harness"

say "Building what is measured"
subjects=()
bench_rust() {
    cargo build --quiet --release --manifest-path benches/rust/Cargo.toml --target-dir "$BENCH_WORK/target"
    subjects+=(--add "rust:polywrite:$BENCH_WORK/target/release/polywrite-bench:")
}
bench_node() {
    . tasks/node.sh
    [ -n "$(ls dist/node/*.tgz 2>/dev/null)" ] || node_build
    rm -rf "$BENCH_WORK/node-polywrite"
    mkdir -p "$BENCH_WORK/node-polywrite"
    (cd "$BENCH_WORK/node-polywrite" && echo '{"private": true}' >package.json &&
        npm install --silent --no-audit --no-fund "$root"/dist/node/*.tgz)
    subjects+=(--add "node:polywrite:$BENCH_WORK/node-polywrite:polywrite")
}
bench_python() {
    . tasks/python.sh
    [ -n "$(ls dist/python/*.whl 2>/dev/null)" ] || python_build
    [ -d "$BENCH_WORK/python-polywrite" ] || python3 -m venv "$BENCH_WORK/python-polywrite"
    "$BENCH_WORK/python-polywrite/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-index dist/python/*.whl
    subjects+=(--add "python:polywrite:$BENCH_WORK/python-polywrite/bin/python:polywrite")
}
for language in $chosen_languages; do
    declare -F "bench_$language" >/dev/null && "bench_$language"
done

arguments=(--reps 5)
if option --quick; then arguments=(--reps 1 --only cold get conc64 list25 list5000); fi
rm -f "$BENCH_WORK/results.json"
say "Measuring (the machine should have nothing else to do)"
"$BENCH_WORK/harness/run.sh" "${arguments[@]}" "${subjects[@]}" >"$BENCH_WORK/tables.md"
python3 -m benches.report "$BENCH_WORK/results.json" benches "./dev bench${options[*]:+ ${options[*]}}"
say "Written: benches/RESULTS.md and benches/results.svg"
