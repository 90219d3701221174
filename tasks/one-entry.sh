# A header setting, an option of calls, a kind of error and a query are one entry each: a definition gets one of each,
# its SDKs are built, and a program in each chosen language shows them, the setting and the option on the wire.
# ./dev test --one-entry [LANGUAGE …]

# A target folder of its own: cargo names what it compiles after paths within a workspace, so it would take these crates for
# the repository's.
scratch=$root/target/one-entry compiled=$root/target/one-entry/target programs=$root/tests/one_entry
. tasks/programs.sh

# Runs a program against a server that keeps what it sends.
run_program() { python3 -m tests.one_entry "$port" "$@" "$scratch"; }

say "One entry: a setting, an option, a kind of error and a query"
rm -rf "$scratch"/{api,sdk,rust,program}
mkdir -p "$scratch"
cargo run --quiet -p polywrite-codegen -- import codegen/tests/documents/shapes.json --into "$scratch/api"
port=$(free_port)
for file in client kinds helpers; do cat "$programs/entries/$file.toml" >>"$scratch/api/$file.toml"; done
change_client 's|^\[options\]$|[options]\ntenant = "settings.tenant"|'
build_sdks
for language in $chosen_languages; do
    say "One entry: a program in $language"
    "program_$language"
done
