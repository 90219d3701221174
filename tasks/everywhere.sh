# Every runtime and platform that this machine reaches, with the packages as users get them, and a table of it in the end.
# ./dev test --everywhere

everywhere_rows=()
everywhere_failed=""

# Runs a command and adds a row to the table: everywhere_run WHERE WHAT COMMAND…
everywhere_run() {
    local where=$1 what=$2 status result=right
    shift 2
    set +e
    (
        set -e
        "$@"
    )
    status=$?
    set -e
    [ "$status" = 0 ] || result=FAILED everywhere_failed=yes
    everywhere_rows+=("| $where | $what | $result |")
}

everywhere_table() {
    say "Everywhere, on $(date -u +%F)"
    echo "| where | what | result |"
    echo "| - | - | - |"
    printf '%s\n' "${everywhere_rows[@]}"
    [ -z "$everywhere_failed" ] || fail "not everything was right"
}

if [[ $chosen_languages = *node* ]]; then
    . tasks/runtimes.sh
    runtimes_test
fi
everywhere_table
