# Tells the story of each language against the server that the environment names, under a name of its own, and checks that
# nothing of that name is left. Then the scenario tests visit the server through a broom, which takes away what they
# leave. What the server lacks is reported, not failed.

for name in APPWRITE_ENDPOINT APPWRITE_PROJECT_ID APPWRITE_API_KEY; do
    [ -n "${!name:-}" ] || fail "--live needs $name in the environment"
done

live_node() { (cd bindings-node && node --test tests/examples.test.mjs); }

live_python() { (cd bindings-python && .venv/bin/pytest --quiet -k "not demo" tests/test_examples.py tests/test_transfers.py); }

live_swift() {
    swift_package test --disable-swift-testing --filter "RowTests|SessionTests|TransferTests"
    swift_example server-side-rendering ServerSideRendering
}

# Runs a function of this shell through the broom.
live_swept() {
    python3 -m tests.live swept bash -euc "cd '$root'; . tasks/lib.sh; for it in rust node python swift; do . tasks/\$it.sh; done
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
    python3 -m tests.live left "$POLYWRITE_LIVE" || fail "the $language story left something on the server"
    declare -F "live_$language" >/dev/null || continue
    case $POLYWRITE_LACKS in
    *users* | *databases* | *buckets*) say "$language: the scenario tests are left out, the server lacks what they need" ;;
    *)
        say "$language: the scenario tests"
        live_swept "live_$language"
        ;;
    esac
done
