# Python: the PyPI package `polywrite`.

python_environment=bindings-python/.venv

# Where cargo leaves the library of a profile's folder.
python_built() {
    case $(uname -s) in
    Darwin) echo "target/$1/lib_polywrite.dylib" ;;
    MINGW* | MSYS*) echo "target/$1/_polywrite.dll" ;;
    *) echo "target/$1/lib_polywrite.so" ;;
    esac
}

# Puts the native library of a cargo profile into the package, for running it from the tree.
python_library() {
    local suffix=abi3.so
    case $(uname -s) in MINGW* | MSYS*) suffix=pyd ;; esac
    # A fresh file: a process may have the old one mapped.
    rm -f "bindings-python/python/polywrite/_polywrite.$suffix"
    cp "$(python_built "$1")" "bindings-python/python/polywrite/_polywrite.$suffix"
}

python_setup() {
    python_tools
    say "Python: building the native library"
    compile -p polywrite-python
    python_library debug
}

# What building and testing needs, in an environment of this tree.
python_tools() {
    need python3 "get Python 3.10 or newer from https://www.python.org"
    need cargo "get Rust 1.95 or newer from https://rustup.rs"
    [ "$python_environment/ready" -nt bindings-python/requirements.txt ] || {
        say "Python: installing what building and testing needs"
        python3 -m venv "$python_environment"
        "$python_environment/bin/pip" install --quiet --disable-pip-version-check -r bindings-python/requirements.txt
        # The package is used from the tree: a change needs no installation.
        "$python_environment/bin/python" - "$root/bindings-python/python" <<'CODE'
import pathlib, sys, sysconfig
(pathlib.Path(sysconfig.get_path("purelib")) / "polywrite.pth").write_text(sys.argv[1])
CODE
        touch "$python_environment/ready"
    }
}

# Makes the wheel for the target of the environment: python_wheel PROFILE TAG FOLDER. The tag says which Linux it runs on;
# maturin checks that.
python_wheel() {
    local target=${CARGO_BUILD_TARGET:-$(rustc -vV | sed -n 's/^host: //p')} tag=()
    [ -z "$2" ] || tag=(--compatibility "$2")
    python3 tasks/notices.py polywrite-python "$target" bindings-python/THIRD_PARTY_LICENSES.txt
    (
        cd bindings-python
        .venv/bin/maturin build --quiet --profile "$1" --target "$target" ${tag[@]+"${tag[@]}"} --out "$root/$3"
    )
}

# The wheel works with every Python from 3.10 and, thanks to zig, every Linux from 2014.
python_build() {
    python_setup
    say "Python: the packages in dist/python"
    rm -rf dist/python
    (cd bindings-python && .venv/bin/maturin sdist --out "$root/dist/python")
    if [ "$(uname -s)" = Linux ]; then
        . tasks/zig.sh
        (
            zig_environment "$(uname -m)-unknown-linux-gnu"
            python_wheel dist manylinux2014 dist/python
        )
    else
        python_wheel dist "" dist/python
    fi
    library_size "$(python_built "$(rustc -vV | sed -n 's/^host: //p')/dist")" 7
    say "Python: the wheel works without Rust and without this tree"
    local trial
    trial=$(mktemp -d)
    python3 -m venv "$trial"
    "$trial/bin/pip" install --quiet --disable-pip-version-check --no-index dist/python/polywrite-*.whl
    (cd "$trial" && bin/python -c 'import polywrite; print(polywrite.TablesDB(polywrite.Client(project="demo")))')
    say "Python: a thread that returns to an ending interpreter does no harm"
    (cd bindings-python && PYTHONPATH=$trial/lib/$(ls "$trial/lib")/site-packages .venv/bin/pytest --quiet tests/test_ending.py)
    rm -rf "$trial"
}

python_test() {
    say "Python: tests"
    cargo build --quiet -p polywrite-cli
    (cd bindings-python && .venv/bin/pytest --quiet)
    vectors python "$python_environment/bin/python" -W ignore tests/runners/python/run.py polywrite
    vectors python-async "$python_environment/bin/python" -W ignore tests/runners/python/run.py --async polywrite
}

python_lint() {
    say "Python: ruff, types, rustfmt and clippy"
    cargo fmt -p polywrite-python --check
    cargo clippy --quiet -p polywrite-python -- -D warnings
    (
        cd bindings-python
        .venv/bin/ruff check --quiet . ../examples ../tests ../benches ../tasks ../docs ../emulator
        .venv/bin/ruff format --quiet --check . ../examples ../tests ../benches ../tasks ../docs ../emulator
        .venv/bin/mypy --no-error-summary python/polywrite tests
        .venv/bin/pyright
    )
}

python_demo() {
    say "The demo in Python"
    "$python_environment/bin/python" examples/demo/python/demo.py
}
