# Packages that `polywrite build` makes of documents, for the chosen languages: built, installed, called.

. tasks/cli.sh

packages() {
    local language
    for language in $chosen_languages; do
        if [ "$language" = swift ]; then swift_native bindings-swift/.build/native dev; fi
    done
    say "Packages of polywrite build: $chosen_languages"
    # shellcheck disable=SC2086 # one argument each
    python3 -m tests.packages "$(cli_program debug)" $chosen_languages
}
