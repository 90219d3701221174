# The side of crates.io in the rehearsal.

# Cargo as on another machine: its own folder, with the rehearsal's registry in the place of crates.io.
crates_cargo() {
    export CARGO_HOME=$rehearsal/cargo CARGO_REGISTRIES_REHEARSAL_TOKEN=rehearsal
    mkdir -p "$CARGO_HOME"
    cat >"$CARGO_HOME/config.toml" <<TOML
[source.crates-io]
replace-with = "rehearsal"
[registries.rehearsal]
index = "sparse+$crates_registry/index/"
TOML
}

# Published crates compile on their own; installing them shows it, so that publishing need not.
publish_rust() {
    crates_cargo
    cd "$copy"
    cargo publish --no-verify --allow-dirty --registry rehearsal -p polywrite-models
    cargo publish --no-verify --allow-dirty --registry rehearsal -p polywrite
    cargo publish --no-verify --allow-dirty --registry rehearsal -p polywrite-schema
}

crates_by_cargo() {
    crates_cargo
    clean cargo
    mkdir src
    cp "$root/tests/rehearsal/call.rs" src/main.rs
    # A workspace of its own: this folder is inside of one.
    printf '%s\n' '[package]' 'name = "call"' 'edition = "2024"' '[workspace]' >Cargo.toml
    cargo add --quiet "polywrite@$version"
    cargo add --quiet tokio --features macros,rt-multi-thread
    cargo run --quiet
    # Compiled with other features, with what is compiled.
    cargo add --quiet "polywrite@$version" --no-default-features --features users
    cargo run --quiet
}

rehearse_rust() { step "crates.io: added by cargo, called" crates_by_cargo; }
