# PyPI's side of the rehearsal.

publish_python() {
    "$pypi_tools/twine" check --strict "$copy"/dist/python/*
    "$pypi_tools/twine" upload --non-interactive --repository-url "$pypi_registry/" --username rehearsal --password rehearsal \
        "$copy"/dist/python/*
}

pypi_by_pip() {
    clean pip
    python3 -m venv .
    bin/pip install --no-cache-dir --disable-pip-version-check --only-binary=:all: --index-url "$pypi_registry/simple" "polywrite==$version"
    bin/python "$root/tests/rehearsal/call.py"
}

# The lockfile of uv is for all platforms: it has every wheel.
pypi_by_uv() {
    clean uv
    export UV_CACHE_DIR=$rehearsal/uv UV_DEFAULT_INDEX=$pypi_registry/simple UV_PYTHON_DOWNLOADS=never UV_NO_BUILD=1
    "$pypi_tools/uv" init --bare --no-workspace
    "$pypi_tools/uv" add "polywrite==$version"
    "$pypi_tools/uv" run python "$root/tests/rehearsal/call.py"
    [ "$(grep -c '[.]whl"' uv.lock)" = "$(ls "$copy"/dist/python/polywrite-*.whl | wc -l)" ]
}

# The program, by uvx and as a newcomer uses it: README's first call.
pypi_newcomer() {
    local started folder
    clean newcomer
    folder=$PWD started=$(date +%s.%N)
    export UV_CACHE_DIR=$rehearsal/uv UV_DEFAULT_INDEX=$pypi_registry/simple UV_PYTHON_DOWNLOADS=never UV_NO_BUILD=1
    "$pypi_tools/uv" tool run --from "polywrite-cli==$version" polywrite --version
    python3 -m venv .
    bin/pip install --no-cache-dir --disable-pip-version-check --only-binary=:all: --index-url "$pypi_registry/simple" \
        "polywrite[testing]==$version"
    cd "$root"
    python3 tests/cli/trial.py pip "$folder/bin/polywrite"
    python3 -m tests.cli.newcomer python "$folder" "$started"
}

rehearse_python() {
    step "PyPI: installed by pip, called" pypi_by_pip
    step "PyPI: installed by uv, called" pypi_by_uv
    step "PyPI: polywrite-cli, and a newcomer's first call" pypi_newcomer
}
