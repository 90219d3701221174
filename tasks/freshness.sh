# A new Appwrite: imports its document over a definition made from an older one, builds the SDKs from that and compiles
# them, in a folder of their own. ./dev test --freshness [LANGUAGE …]

freshness=$root/target/freshness
documents=$root/../shared/spec

if [ ! -d "$documents" ]; then
    say "Freshness: skipped, because ../shared/spec has no OpenAPI documents"
    return
fi

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

rm -rf "$freshness/api" "$freshness/sdk"
mkdir -p "$freshness"
for version in 1.8.1 1.9.6; do
    say "Freshness: importing Appwrite $version and building every SDK"
    freshness_codegen import "$documents/open-api3-$version-server.json" --into "$freshness/api" --out "$freshness/sdk" |
        grep -v "^  "
    for language in $chosen_languages; do
        say "Freshness: compiling $language for Appwrite $version"
        "freshness_$language"
    done
done
