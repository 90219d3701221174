# Packages that `polywrite build` makes of documents, for the chosen languages that have such: built, installed, called.

. tasks/cli.sh

packages() {
    local language chosen=()
    for language in $chosen_languages; do
        case $language in node | python | rust) chosen+=("$language") ;; esac
    done
    [ ${#chosen[@]} -gt 0 ] || return 0
    say "Packages of polywrite build: ${chosen[*]}"
    python3 -m tests.packages "$(cli_program debug)" "${chosen[@]}"
}
