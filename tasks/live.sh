# Runs the demo of each language against the server that the environment names, under a name of its own, and checks
# that nothing of that name is left. Then the scenario tests call the server through a cleanup proxy, which deletes what
# they leave. What the server lacks is reported and does not fail. Where no server is named, the local Appwrite plays it.

if [ -n "$live_endpoint" ]; then
    [ -n "$live_project" ] || fail "--live needs APPWRITE_PROJECT_ID in the environment"
    [ -n "$live_key" ] || fail "--live needs APPWRITE_API_KEY in the environment"
    export APPWRITE_ENDPOINT=$live_endpoint APPWRITE_PROJECT_ID=$live_project APPWRITE_API_KEY=$live_key
    [ -z "$live_certificate" ] || export POLYWRITE_CA_FILE=$live_certificate
else
    say "No server is named in APPWRITE_ENDPOINT: the local Appwrite plays the foreign one"
    . tasks/emulator.sh
    start_emulator --tls
fi

live_node() { (cd bindings-node && node --test tests/examples.test.mjs); }

live_python() {
    (cd bindings-python && .venv/bin/pytest --quiet -k "not demo" tests/test_examples.py tests/test_transfers.py)
}

live_swift() {
    swift_package test --disable-swift-testing --filter "RowTests|SessionTests|TransferTests"
    swift_example server-side-rendering ServerSideRendering
}

# Runs a function of this shell through the cleanup proxy.
live_cleaned() {
    python3 -m tests.live cleaned bash -euc "cd '$root'; . tasks/lib.sh
        for it in \$languages; do . tasks/\$it.sh; done
        $(declare -f "$1"); $1"
}

live_lacks=$(python3 -m tests.live lacks)
[ -z "$live_lacks" ] || say "This server lacks, for this key: $live_lacks"
POLYWRITE_LACKS=$(sed 's/:.*//' <<<"$live_lacks" | tr '\n' ' ')
export POLYWRITE_LACKS

for language in $chosen_languages; do
    POLYWRITE_LIVE=live-$(python3 -c 'import secrets; print(secrets.token_hex(6))')
    export POLYWRITE_LIVE
    "${language}_demo"
    python3 -m tests.live left "$POLYWRITE_LIVE" || fail "the $language demo left something on the server"
    declare -F "live_$language" >/dev/null || continue
    case $POLYWRITE_LACKS in
    *users* | *databases* | *buckets*) say "$language: the scenario tests are skipped, the server lacks what they need" ;;
    *)
        say "$language: the scenario tests"
        live_cleaned "live_$language"
        ;;
    esac
done
