# Compiles or type-checks the programs in README.md and docs/, and runs the tests among them: `guides LANGUAGE`.

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
    bindings-node/node_modules/.bin/esbuild --log-level=error --outdir="$1" --out-extension:.js=.mjs "$1"/testing_*.mts
    POLYWRITE_CLI=$root/target/debug/polywrite node --test "$1"/testing_*.mjs
}

guides_python() {
    # Each program is a module of its own; mypy reads them with the settings of the package.
    (
        cd bindings-python
        .venv/bin/mypy --no-error-summary "$1"/*.py
        POLYWRITE_CLI=$root/target/debug/polywrite .venv/bin/pytest --quiet -p polywrite.pytest_plugin "$1"/testing_*.py
    )
}

# Uses the modules that the tests have built.
guides_swift() {
    local program files
    for program in "$1"/*.swift; do
        files=("$program")
        if grep -q Cinema "$program"; then files+=("$1/types/cinema.swift"); fi
        swift_typecheck "${files[@]}"
    done
}
