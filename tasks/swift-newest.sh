# The Swift package with a newer Swift than Debian 13's: that of Debian's sid. Its packages leave out where the
# system's loader finds the toolchain's libraries, and one library that programs of tests link and ours use nothing of.
# ./dev test swift --everywhere

newest_libraries=/usr/libexec/swift/lib/swift
newest_lacks=$cache/swift-sid-root/opt/lacks/lib_Testing_Foundation.a

newest_setup() {
    debian_root swift-sid@sid ca-certificates git libc6-dev swiftlang
    mkdir -p "$(dirname "$newest_lacks")"
    [ -e "$newest_lacks" ] || ar rcs "$newest_lacks"
}

# Runs a command of this toolchain in bindings-swift.
newest_run() {
    debian_run swift-sid "$root/bindings-swift" env "PATH=/usr/libexec/swift/bin:/usr/bin:/bin" \
        "LD_LIBRARY_PATH=$newest_libraries/linux:$newest_libraries/host/compiler:$newest_libraries/host" \
        "PKG_CONFIG_PATH=$root/bindings-swift/.build/native/lib/pkgconfig" "$@"
}

# With Swift Testing, whose traits surround tests only from 6.1 on.
newest_tests() (
    . tasks/emulator.sh
    start_emulator --tls
    swift_local_appwrite
    newest_run swift test -Xlinker -L/opt/lacks --scratch-path .build/newest
)

newest_setup
swift_native bindings-swift/.build/native dev
cargo build --quiet -p polywrite-cli
export POLYWRITE_CLI=$root/target/debug/polywrite
platform "Swift 6.2" "$(newest_run swiftc --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')" \
    "the static library" "all tests" "--everywhere swift" newest_tests
