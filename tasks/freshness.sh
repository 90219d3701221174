# Another Appwrite: imports its document over a definition made from an older one, builds the SDKs from that and compiles
# them, in a folder of their own; last a server whose names are words that languages keep for themselves.
# ./dev test --freshness [LANGUAGE …]

freshness=$root/target/freshness
documents=$root/../shared/spec

freshness_codegen() { cargo run --quiet -p polywrite-codegen -- "$@"; }

freshness_rust() { cargo check --quiet --manifest-path "$freshness/sdk/Cargo.toml" --target-dir "$freshness/target" -p polywrite --features services; }

freshness_node() {
    ln -sfn "$root/bindings-node/node_modules" "$freshness/sdk/bindings-node/node_modules"
    (cd "$freshness/sdk/bindings-node" && npx --no-install tsc --project . --noEmit)
}

# Every service and model is imported, with the native library of this tree.
freshness_python() {
    cp bindings-python/python/polywrite/_polywrite.*.so "$freshness/sdk/bindings-python/python/polywrite/"
    python3 -m tests.freshness "$freshness/sdk/bindings-python/python"
}

freshness_swift() {
    swift_native bindings-swift/.build/native dev
    swift_package build --quiet --package-path ../target/freshness/sdk/bindings-swift --scratch-path ../target/freshness/swift
}

# Imports the document $2 of $1, builds every SDK and compiles those of the chosen languages.
freshness_of() {
    local language
    say "Freshness: importing $1 and building every SDK"
    freshness_codegen import "$2" --into "$freshness/api" --out "$freshness/sdk" | grep -v "^  "
    for language in $chosen_languages; do
        say "Freshness: compiling $language for $1"
        "freshness_$language"
    done
}

freshness_anew() {
    rm -rf "$freshness/api" "$freshness/sdk"
    mkdir -p "$freshness"
}

if [ -d "$documents" ]; then
    freshness_anew
    for version in 1.8.1 1.9.6; do
        freshness_of "Appwrite $version" "$documents/open-api3-$version-server.json"
    done
else
    say "Freshness: Appwrite's documents skipped, because ../shared/spec has none"
fi
freshness_anew
freshness_of "a server with awkward names" codegen/tests/documents/awkward.json
