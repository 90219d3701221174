# Our clients, undici and aiohttp call servers that misbehave; ours also call nginx while it reloads. 50,000 calls each, or
# as many as POLYWRITE_CHAOS_CALLS says. Takes some minutes.
choose -- "$@"

. tasks/nginx.sh
nginx_setup
say "Chaos: building the server and the Rust client"
chaos_program=$(cargo test --quiet -p polywrite --features services --test chaos --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*chaos-[^"]*\)".*/\1/p' | tail -n 1)
clients=()
for language in $chosen_languages; do
    case $language in
    rust) clients+=(rust) ;;
    node)
        . tasks/node.sh
        node_setup
        clients+=(node undici)
        ;;
    python)
        . tasks/python.sh
        python_setup
        # Apart from the environment of the package's own tests.
        [ -e "$cache/chaos-python/ready" ] || {
            python3 -m venv "$cache/chaos-python"
            "$cache/chaos-python/bin/pip" install --quiet --disable-pip-version-check 'aiohttp==3.14.*'
            touch "$cache/chaos-python/ready"
        }
        export CHAOS_PEER_PYTHON=$cache/chaos-python/bin/python
        clients+=(python aiohttp)
        ;;
    swift)
        . tasks/swift.sh
        swift_setup
        say "Swift: building the client"
        swift_native bindings-swift/.build/native dev
        swift_package build --quiet --package-path ../tests/chaos/swift --scratch-path .build/chaos
        export CHAOS_SWIFT=.build/chaos/debug/Chaos
        clients+=(swift)
        ;;
    esac
done
say "Chaos: a quarter of bad calls, and two responses to an eighth"
python3 -m tests.chaos "$chaos_program" "${POLYWRITE_CHAOS_CALLS:-50000}" "${clients[@]}"
say "Chaos: nginx, reloaded 20 times in 50,000 calls"
cargo test --quiet -p polywrite --features services --test nginx -- --ignored --nocapture
