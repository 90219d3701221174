# SDKs of a definition, and a program in each language that uses one. The folder $scratch has the definition as `api` and
# the SDKs as `sdk`, $programs has the programs, $compiled what cargo compiled; `run_program` runs a program.

# A port that is free now, for the server that the program calls.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Makes the definition's default endpoint that server, with further expressions for sed.
change_client() {
    local expressions=(-e "s|^default_endpoint = .*|default_endpoint = \"http://127.0.0.1:$port/v1\"|") each
    for each in "$@"; do expressions+=(-e "$each"); done
    sed -i.bak "${expressions[@]}" "$scratch/api/client.toml"
    rm "$scratch/api/client.toml.bak"
}

# Builds the SDKs of the definition for the chosen languages.
build_sdks() {
    local built=() language
    for language in $chosen_languages; do built+=(--lang "$language"); done
    cargo run --quiet -p polywrite-codegen -- build --api "$scratch/api" --out "$scratch/sdk" "${built[@]}"
}

program_rust() {
    mkdir -p "$scratch/rust/src"
    cp "$programs/program.rs" "$scratch/rust/src/main.rs"
    cat >"$scratch/rust/Cargo.toml" <<'TOML'
[package]
name = "program"
version = "0.0.0"
edition = "2024"

[dependencies]
polywrite = { path = "../sdk/core", features = ["services"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }

[workspace]
TOML
    cp "$root/Cargo.lock" "$scratch/rust/"
    cargo build --quiet --manifest-path "$scratch/rust/Cargo.toml" --target-dir "$compiled"
    run_program "$compiled/debug/program"
}

# Builds a native layer of the SDK; $1 is its crate.
program_native() {
    cargo build --quiet --manifest-path "$scratch/sdk/Cargo.toml" --target-dir "$compiled" -p "$1" --lib
}

program_node() {
    program_native polywrite-node
    local library modules=$scratch/sdk/bindings-node/node_modules
    library=$(node_library debug)
    rm -rf "$modules"
    mkdir -p "$modules"
    ln -s "$root"/bindings-node/node_modules/{.bin,typescript,esbuild,@types,@esbuild,@opentelemetry,undici-types} "$modules/"
    (
        cd "$scratch/sdk"
        node_place "$compiled/${library#target/}"
        cd bindings-node
        npm run --silent build
    )
    run_program node "$programs/program.mjs" "$scratch/sdk/bindings-node"
}

program_python() {
    program_native polywrite-python
    (cd "$scratch/sdk" && mkdir -p bindings-python/python/polywrite && ln -sfn "$compiled" target && python_library debug)
    run_program python3 "$programs/program.py" "$scratch/sdk/bindings-python/python"
}

program_swift() {
    program_native polywrite-swift
    local package=$scratch/program
    mkdir -p "$package/Sources/program" "$scratch/native/lib"
    cp "$programs/program.swift" "$package/Sources/program/Program.swift"
    cp "$compiled/debug/libpolywrite_swift.a" "$scratch/native/lib/"
    swift_pkg_config "$scratch/native/lib"
    cat >"$package/Package.swift" <<'SWIFT'
// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "program",
    dependencies: [.package(path: "../sdk/bindings-swift")],
    targets: [.executableTarget(name: "program", dependencies: [.product(name: "Polywrite", package: "bindings-swift")])]
)
SWIFT
    PKG_CONFIG_PATH=$scratch/native/lib/pkgconfig swift_run swift build --quiet \
        --package-path "$package" --scratch-path "$scratch/program-build"
    run_program bash -c '. tasks/lib.sh; . tasks/swift.sh; swift_run "$@"' bash "$scratch/program-build/debug/program"
}
