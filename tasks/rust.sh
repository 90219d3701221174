# Rust: the definition, the generator, the core and the emulator.

rust_setup() { need cargo "get Rust 1.95 or newer from https://rustup.rs"; }

rust_crates() {
    say "Rust: the crates in dist/rust"
    local version
    version=$(python3 tasks/version.py)
    mkdir -p dist/rust
    cargo package --quiet -p polywrite-models -p polywrite -p polywrite-schema --allow-dirty --no-verify --target-dir target
    cp "target/package/polywrite-$version.crate" "target/package/polywrite-models-$version.crate" \
        "target/package/polywrite-schema-$version.crate" dist/rust/
}

rust_build() {
    rust_crates
    . tasks/cli.sh
    cli_build
}

rust_test() {
    python3 -m tests.vectors.make --check
    python3 -m unittest --quiet tests.vectors.check.test_judge tests.live.test_cleanup tests.tasks.test_changes tests.tasks.test_options \
        tests.tasks.test_platforms tests.migrating.test_codemod
    . tasks/nginx.sh
    nginx_setup
    say "Rust: tests"
    cargo test -p polywrite-api -p polywrite-codegen -p polywrite-models -p polywrite -p polywrite-bridge -p polywrite-emulator -p polywrite-schema -p polywrite-types -p polywrite-cli \
        --features polywrite/services,polywrite/reqwest
    say "Rust: generated files are what api/ says"
    # What the tests built; `cargo run` would build it and its dependencies once more, with other features.
    target/debug/codegen generate --check
    cargo build --quiet -p polywrite-vectors -p polywrite-import-csv
    vectors rust target/debug/polywrite-vectors
    say "Rust: the vectors over reqwest"
    POLYWRITE_TEST_HTTP_CLIENT=reqwest vectors rust target/debug/polywrite-vectors
    say "Rust: the example that imports a CSV file"
    rust_example
}

rust_lint() {
    say "Rust: rustfmt and clippy"
    cargo fmt --all --check
    cargo fmt --manifest-path benches/rust/Cargo.toml --check
    cargo fmt --manifest-path examples/traces/rust/Cargo.toml --check
    cargo clippy --quiet --all-targets -p polywrite-api -p polywrite-codegen -p polywrite-models -p polywrite -p polywrite-bridge \
        -p polywrite-emulator -p polywrite-schema -p polywrite-types -p polywrite-cli -p polywrite-vectors -p polywrite-vector-support -p polywrite-demo -p polywrite-import-csv --features polywrite/reqwest -- -D warnings
}

rust_demo() {
    say "The demo in Rust: building it"
    compile -p polywrite-demo
    say "The demo in Rust"
    target/debug/polywrite-demo
}

# In a shell of its own, whose end ends the emulator.
rust_example() (
    . tasks/emulator.sh
    start_emulator
    films=$emulator_folder/films.csv
    { echo title,year && seq -f 'Film number %g,1999' 2000; } >"$films"
    target/debug/import-csv "$films" | grep "^2000 of 2000 rows"
)
