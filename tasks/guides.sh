# Compiles or type-checks the programs in README.md and docs/, and runs the tests among them, and the programs of
# docs/schema.md: `guides LANGUAGE`.

. tasks/emulator.sh

guides() {
    local language=$1 folder=$root/target/guides/$1
    say "$language: the programs in the guides"
    python3 -m tests.guides "$language" "$folder"
    "guides_$language" "$folder"
}

guides_rust() { cargo test --quiet --lib --manifest-path "$1/Cargo.toml" --target-dir target; }

guides_node() {
    mkdir -p "$1/node_modules"
    ln -sfn "$root/bindings-node" "$1/node_modules/polywrite"
    ln -sfn "$root/bindings-node/node_modules/@types" "$1/node_modules/@types"
    bindings-node/node_modules/.bin/tsc --noEmit --strict --target es2022 --module nodenext --skipLibCheck \
        --typeRoots "$1/node_modules/@types" --types node "$1"/*.mts "$1"/*.ts
    bindings-node/node_modules/.bin/esbuild --log-level=error --outdir="$1" --out-extension:.js=.mjs \
        "$1"/{testing,schema}_*.mts
    guides_run "$1" node --test "$1"/{testing,schema}_*.mjs
}

guides_python() {
    # Each program is a module of its own; mypy reads them with the settings of the package. What is not a test runs as it
    # is collected.
    (cd bindings-python && .venv/bin/mypy --no-error-summary "$1"/*.py)
    guides_run "$1" "$root/bindings-python/.venv/bin/pytest" --quiet -p polywrite.pytest_plugin "$1"/{testing,schema}_*.py
}

# Uses the modules that the tests have built, and runs what docs/schema.md has for the start of a program.
guides_swift() {
    local program files main
    main='@main enum Program { static func main() async throws { try await example() } }'
    for program in "$1"/*.swift; do
        files=("$program")
        if grep -q Cinema "$program"; then files+=("$1/types/cinema.swift"); fi
        swift_typecheck "${files[@]}"
    done
    for program in $(grep -l "func example()" "$1"/schema_*.swift); do
        echo "$main" >>"$program"
        swift_link "$program" Guide
        (
            start_emulator
            swift_run_in "$1" "$root/bindings-swift/.build/examples/Guide"
        )
    done
}

# Runs a command in the folder of the programs, beside a local Appwrite that the environment names.
guides_run() (
    folder=$1
    shift
    start_emulator
    unset POLYWRITE_CA_FILE
    cd "$folder"
    POLYWRITE_CLI=$root/target/debug/polywrite "$@"
)
