# Compares the requests of the official SDKs, from their registries, with the vectors that ours meet.

differential_folder=$cache/differential
differential_reports=$root/target/differential

differential_node() {
    local folder=$differential_folder/node
    if [ ! -d "$folder/node_modules/node-appwrite" ]; then
        mkdir -p "$folder"
        (cd "$folder" && echo '{"private": true}' >package.json && npm install --silent --no-audit --no-fund node-appwrite@27.1.0)
    fi
    node tests/runners/node/run.mjs node-appwrite "$folder" "$@"
}

differential_python() {
    local folder=$differential_folder/python
    if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -c "import appwrite" 2>/dev/null; then
        python3 -m venv "$folder"
        "$folder/bin/pip" install --quiet --disable-pip-version-check appwrite==27.0.0
    fi
    "$folder/bin/python" -W ignore tests/runners/python/run.py appwrite "$@"
}

# The crate's 888 methods take some minutes to compile, once.
differential_rust() {
    local folder=$differential_folder/rust
    python3 -m tests.differential.rust "$folder"
    cargo build --quiet --manifest-path "$folder/Cargo.toml" --target-dir "$folder/target"
    "$folder/target/debug/official" "$@"
}

for language in $chosen_languages; do
    declare -F "differential_$language" >/dev/null || continue
    say "$language: the official SDK's requests beside ours"
    mkdir -p "$differential_reports"
    python3 -m tests.differential plan "$differential_reports/plan"
    "differential_$language" "$differential_reports/plan" "$differential_reports/$language.report" 2>"$differential_reports/$language.log" ||
        fail "the official SDK's run failed: $(tail -n 5 "$differential_reports/$language.log")"
    python3 -m tests.differential judge "$language" "$differential_reports/$language.report"
done

# The guide promises that every example of the official crate compiles after docs/codemods/rust.py.
if [[ $chosen_languages = *rust* ]]; then
    say "rust: the official crate's examples, rewritten"
    python3 -m tests.migrating "$root/target/migrated"
    cargo check --quiet --manifest-path target/migrated/Cargo.toml --target-dir target
fi
