# The program `polywrite`, as npm and PyPI ship it.

# What users download may be this large, in megabytes, compressed.
cli_largest=12

cli_program() { case $(uname -s) in MINGW* | MSYS*) echo "target/$1/polywrite.exe" ;; *) echo "target/$1/polywrite" ;; esac; }

# Makes the wheel of the program for the target of the environment: cli_wheel PROFILE TAG FOLDER, as python_wheel.
cli_wheel() {
    local target=${CARGO_BUILD_TARGET:-$(rustc -vV | sed -n 's/^host: //p')} tag=()
    [ -z "$2" ] || tag=(--compatibility "$2")
    (
        cd cli
        ../bindings-python/.venv/bin/maturin build --quiet --profile "$1" --target "$target" ${tag[@]+"${tag[@]}"} --out "$root/$3"
    )
}

# No package is larger than it may be.
cli_sizes() {
    local file
    for file in "$@"; do
        echo "    $file: $(($(wc -c <"$file") / 1000)) kB"
        [ "$(wc -c <"$file")" -le $((cli_largest * 1000000)) ] || fail "$file is larger than $cli_largest MB"
    done
}

# The packages in dist/cli, with a program that was built with a profile: cli_packages PROFILE.
cli_packages() {
    . tasks/node.sh
    . tasks/python.sh
    say "The program polywrite: its packages in dist/cli"
    cargo build --quiet -p polywrite-cli --profile "$1"
    rm -rf dist/cli
    node cli/npm/pack.mjs dist/cli "$(node_package)=$(cli_program "$1")"
    (cd cli && "$root/bindings-python/.venv/bin/maturin" build --quiet --profile "$1" --out "$root/dist/cli")
    cli_sizes dist/cli/*
}

# The packages as users have them: installed in a clean folder, started, called, stopped.
cli_trial() {
    say "The program polywrite: installed by npm and pip, and called"
    local trial
    trial=$(mktemp -d)
    (cd "$trial" && npm install --silent --no-audit --no-fund --omit=optional "$root"/dist/cli/*.tgz)
    python3 -m venv "$trial/python"
    "$trial/python/bin/pip" install --quiet --disable-pip-version-check --no-index "$root"/dist/cli/*.whl
    python3 tests/cli/trial.py "npx in $trial" "$trial/node_modules/.bin/polywrite-cli"
    python3 tests/cli/trial.py "pip in $trial" "$trial/python/bin/polywrite"
    rm -rf "$trial"
}

# What README says of the first call, with the packages that `./dev build` makes, in clean folders.
cli_newcomer() {
    say "The program polywrite: a newcomer's first call"
    local trial started
    trial=$(mktemp -d)
    started=$(date +%s.%N)
    (cd "$trial" && npm install --silent --no-audit --no-fund --omit=optional "$root"/dist/{cli,node}/*.tgz)
    python3 -m tests.cli.newcomer node "$trial" "$started"
    started=$(date +%s.%N)
    python3 -m venv "$trial/python"
    "$trial/python/bin/pip" install --quiet --disable-pip-version-check --no-index "$root"/dist/{cli,python}/*.whl
    python3 -m tests.cli.newcomer python "$trial/python" "$started"
    rm -rf "$trial"
}

cli_build() {
    cli_packages dist
    cli_trial
}
