# SDKs for other servers, built and compiled in a folder of their own: for a server whose names are words that languages
# reserve, and for one whose document has every shape that we know, with programs that call it. Where
# POLYWRITE_SPECS names a folder with Appwrite's own documents, those come first, the newer over the older.
# ./dev test --freshness [LANGUAGE …]

freshness=$root/target/freshness

freshness_codegen() { cargo run --quiet -p polywrite-codegen -- "$@"; }

freshness_rust() { cargo check --quiet --manifest-path "$freshness/sdk/Cargo.toml" --target-dir "$freshness/target" -p polywrite --features services; }

freshness_node() {
    ln -sfn "$root/bindings-node/node_modules" "$freshness/sdk/bindings-node/node_modules"
    (cd "$freshness/sdk/bindings-node" && npx --no-install tsc --project . --noEmit)
}

# Every service and model is imported, with the native library of this tree.
freshness_python() {
    cp bindings-python/python/polywrite/_polywrite.*.so "$freshness/sdk/bindings-python/python/polywrite/"
    "$python_environment/bin/python" -m tests.freshness "$freshness/sdk/bindings-python/python"
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

# The sentences of Appwrite's own documents are not ours, so a variable names the folder that holds them.
if [ -n "${POLYWRITE_SPECS:-}" ]; then
    freshness_anew
    for version in 1.8.1 1.9.6; do
        freshness_of "Appwrite $version" "$POLYWRITE_SPECS/open-api3-$version-server.json"
    done
fi
freshness_anew
freshness_of "a server with awkward names" codegen/tests/documents/awkward.json

# A server with every shape that a document can have, client settings changed by hand, and a program for it in each language.
scratch=$freshness compiled=$freshness/target programs=$root/tests/freshness/shelter
. tasks/programs.sh

# Runs a program against the shelter.
run_program() { python3 -m tests.freshness.shelter "$port" "$@" "$scratch"; }

freshness_anew
rm -rf "$freshness/program" "$freshness/rust"
say "Freshness: importing a document with every shape, building and running programs"
freshness_codegen import codegen/tests/documents/shapes.json --into "$freshness/api"
port=$(free_port)
change_client 's|^chunk_size = .*|chunk_size = 1_048_576|' 's|"x-sdk-platform", ||'
build_sdks
for language in $chosen_languages; do
    say "Freshness: a program in $language"
    "program_$language"
done
