# Compiles for targets that rustc knows and whose standard library this machine lacks. rustup brings it for many targets;
# where rustup is not at hand, cargo builds it from Debian's source package of the same version.

. tasks/debian.sh

# Runs cargo for a target, in a shell of its own: cargo_target TARGET unwind|abort SUBCOMMAND ARGUMENT…
cargo_target() (
    standard_library "$1" "$2"
    cargo "$3" --target "$1" "${@:4}"
)

# Has cargo compile the standard library where there is none for a target, in this shell from here on: standard_library
# TARGET unwind|abort
standard_library() {
    [ ! -d "$(rustc --print target-libdir --target "$1")" ] || return 0
    std_source
    # The copy's cargo and rustc. What is unstable works in a stable release with this variable only.
    export PATH=$std_source/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_$2
}

# Makes a copy of the toolchain that has the source of its standard library, once, in the cache folder.
std_source() {
    local version sysroot source
    version=$(rustc --version | cut -d' ' -f2)
    std_source=$cache/rust-std-source-$version
    [ ! -d "$std_source" ] || return 0
    say "Rust: a toolchain with the source of its standard library in $std_source (once)"
    source=$cache/rust-src-$version
    debian_packages "$source" trixie-backports "rust-src=$version*"
    sysroot=$(rustc --print sysroot)
    rm -rf "$std_source.new"
    mkdir -p "$std_source.new"
    # Hard links, where both folders are on one disk.
    cp -al "$sysroot"/{bin,lib} "$std_source.new/" 2>/dev/null || cp -a "$sysroot"/{bin,lib} "$std_source.new/"
    mkdir -p "$std_source.new/lib/rustlib/src/rust"
    cp -a "$source/usr/src/rustc-$version/library" "$std_source.new/lib/rustlib/src/rust/"
    mv "$std_source.new" "$std_source"
}
