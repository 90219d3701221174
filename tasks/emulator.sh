# Starts the local Appwrite for the demos; it ends with the shell that started it.
# Exports APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID, APPWRITE_API_KEY and POLYWRITE_CA_FILE (with --tls).
start_emulator() {
    say "Building the local Appwrite (the first time takes a few minutes)"
    compile -p polywrite-emulator
    emulator_folder=$(mktemp -d)
    target/debug/polywrite-emulator --project demo --port 0 --json "$@" \
        >"$emulator_folder/ready.json" 2>"$emulator_folder/log" &
    emulator_process=$!
    trap 'kill $emulator_process 2>/dev/null; rm -rf "$emulator_folder"' EXIT
    until [ -s "$emulator_folder/ready.json" ]; do
        kill -0 $emulator_process 2>/dev/null || fail "the emulator did not start: $(cat "$emulator_folder/log")"
        sleep 0.05
    done
    ready() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$emulator_folder/ready.json" "$1"; }
    APPWRITE_ENDPOINT=$(ready endpoint) APPWRITE_PROJECT_ID=$(ready project) APPWRITE_API_KEY=$(ready key)
    POLYWRITE_CA_FILE=$emulator_folder/ca.pem
    ready caCertificate >"$POLYWRITE_CA_FILE"
    export APPWRITE_ENDPOINT APPWRITE_PROJECT_ID APPWRITE_API_KEY POLYWRITE_CA_FILE
}
