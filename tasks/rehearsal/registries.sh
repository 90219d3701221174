# The registries of the rehearsal, each on a free port of this machine: verdaccio for npm, pypiserver for PyPI, and
# tests/rehearsal/crates.py for crates.io.

# Installs them, and the package managers that this machine may lack, once.
rehearsal_tools() {
    cmp -s tests/rehearsal/package.json "$tools/package.json" && [ -e "$tools/ready" ] || {
        say "rehearsal: installing registries and package managers into $tools (once)"
        rm -rf "$tools"
        mkdir -p "$tools"
        cp tests/rehearsal/package.json "$tools/"
        (cd "$tools" && npm install --silent --no-audit --no-fund)
        python3 -m venv "$tools/python"
        "$tools/python/bin/pip" install --quiet --disable-pip-version-check pypiserver twine uv
        touch "$tools/ready"
    }
    npm_tools=$tools/node_modules pypi_tools=$tools/python/bin
}

free_port() { python3 -c 'import socket; it = socket.socket(); it.bind(("127.0.0.1", 0)); print(it.getsockname()[1])'; }

# Starts a server and waits until it responds: serve NAME ADDRESS COMMAND…
serve() {
    local name=$1 address=$2
    shift 2
    "$@" >"$rehearsal/$name.log" 2>&1 &
    servers+=($!)
    until curl --silent --fail --noproxy '*' --output /dev/null "$address"; do
        kill -0 $! 2>/dev/null || fail "$name did not start: $(tail -n 5 "$rehearsal/$name.log")"
        sleep 0.1
    done
}

start_registries() {
    local port
    port=$(free_port)
    npm_registry=http://127.0.0.1:$port/
    cat >"$rehearsal/verdaccio.yaml" <<YAML
storage: $rehearsal/npm
auth: { htpasswd: { file: $rehearsal/npm-users, max_users: -1 } }
packages: { "**": { access: \$all, publish: \$all } }
max_body_size: 100mb
log: { type: stdout, level: warn }
YAML
    serve verdaccio "${npm_registry}-/ping" "$npm_tools/.bin/verdaccio" --config "$rehearsal/verdaccio.yaml" --listen "127.0.0.1:$port"

    port=$(free_port)
    pypi_registry=http://127.0.0.1:$port
    mkdir -p "$rehearsal/pypi"
    serve pypiserver "$pypi_registry/" "$pypi_tools/pypi-server" run --interface 127.0.0.1 --port "$port" \
        --passwords . --authenticate . "$rehearsal/pypi"

    mkdir -p "$rehearsal/crates"
    python3 tests/rehearsal/crates.py "$rehearsal/crates" >"$rehearsal/crates.address" &
    servers+=($!)
    until [ -s "$rehearsal/crates.address" ]; do
        kill -0 $! 2>/dev/null || fail "the registry of crates did not start"
        sleep 0.1
    done
    crates_registry=$(cat "$rehearsal/crates.address")
}

# An empty folder for a program: clean NAME
clean() {
    rm -rf "$rehearsal/clean/$1"
    mkdir -p "$rehearsal/clean/$1"
    cd "$rehearsal/clean/$1" || return
}
