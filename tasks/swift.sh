# Swift: the toolchain on PATH, or Debian's in a folder of its own.

. tasks/debian.sh

# Debian 13 has Swift 6.0.3; a system of it in the cache folder takes 3 GB.
swift_packages=(swiftlang libc6-dev libstdc++-14-dev ca-certificates git)
swift_setup() {
    have swift || debian_root swift "${swift_packages[@]}"
}

# The native library as SwiftPM finds it: a static library, its header and its pkg-config file in $1, built with the
# profile $2.
swift_native() {
    local folder=$1 profile=$2 output=$2
    [ "$profile" = dev ] && output=debug
    compile -p polywrite-swift --lib --profile "$profile"
    mkdir -p "$folder/lib"
    if ! cmp -s "target/$output/libpolywrite_swift.a" "$folder/lib/libpolywrite_swift.a"; then
        cp "target/$output/libpolywrite_swift.a" "$folder/lib/"
        # SwiftPM does not see that a library has changed: delete programs that link the old one.
        [ ! -d bindings-swift/.build ] || find bindings-swift/.build -path '*/debug/*' -type f -perm -u+x -delete
    fi
    swift_pkg_config "$folder/lib"
}

# Writes the pkg-config file and the header of the native library in $1.
swift_pkg_config() {
    mkdir -p "$1/pkgconfig" "$1/../include"
    cp bindings-swift/include/polywrite_swift.h "$1/../include/"
    cat >"$1/pkgconfig/polywrite_swift.pc" <<'PC'
prefix=${pcfiledir}/../..
libdir=${prefix}/lib
includedir=${prefix}/include

Name: polywrite_swift
Description: The native library of the Swift package Polywrite
Version: 0.1.0
Cflags: -I${includedir}
Libs: -L${libdir} -lpolywrite_swift -lm -ldl -lpthread
PC
}

# Writes UniFFI's bindings of bindings-swift/src; `swift_bindgen --check` only compares.
swift_bindgen() {
    cargo build --quiet -p polywrite-swift --lib
    (cd bindings-swift && cargo run --quiet -p polywrite-swift --features bindgen --bin polywrite-swift-bindgen -- \
        ../target/debug/libpolywrite_swift.so "$@")
}

# Runs a command of the toolchain in bindings-swift: `swift_run swift build`.
swift_run() { swift_run_in "$root/bindings-swift" "$@"; }

# Runs a command beside the toolchain in a folder of this repository.
swift_run_in() {
    local folder=$1
    shift
    if have swift; then
        (cd "$folder" && "$@")
    else
        debian_run swift "$folder" "$@"
    fi
}

# Runs a SwiftPM command with the native library of bindings-swift/.build/native.
swift_package() {
    PKG_CONFIG_PATH=$root/bindings-swift/.build/native/lib/pkgconfig swift_run swift "$@"
}

# The chroot sees the repository and nothing else, so the certificate of the local Appwrite goes there, a copy a run.
swift_local_appwrite() {
    [ -n "${POLYWRITE_CA_FILE:-}" ] || return 0
    mkdir -p bindings-swift/.build
    local copy=$root/bindings-swift/.build/ca.$$.pem
    cp "$POLYWRITE_CA_FILE" "$copy"
    export POLYWRITE_CA_FILE=$copy
}

# The native library for Apple's systems, as Package.swift wants it. Needs Xcode and the Rust targets.
swift_xcframework() {
    local platform target library headers=target/swift-headers arguments=() libraries
    # A framework has one library for each platform, with all of its processors.
    for platform in "macos aarch64-apple-darwin x86_64-apple-darwin" "ios aarch64-apple-ios" \
        "simulator aarch64-apple-ios-sim x86_64-apple-ios"; do
        libraries=()
        for target in ${platform#* }; do
            cargo build --quiet -p polywrite-swift --lib --profile dist --target "$target"
            libraries+=("target/$target/dist/libpolywrite_swift.a")
        done
        library=target/swift-apple/${platform%% *}/libpolywrite_swift.a
        mkdir -p "${library%/*}"
        lipo -create "${libraries[@]}" -output "$library"
        arguments+=(-library "$library" -headers "$headers")
    done
    rm -rf "$headers" dist/swift/PolywriteFFI.xcframework
    mkdir -p "$headers" dist/swift
    cp bindings-swift/Sources/PolywriteFFI/generated/PolywriteFFI.h "$headers/"
    sed 's|generated/||; /link /d; /installed.h/d' bindings-swift/Sources/PolywriteFFI/module.modulemap >"$headers/module.modulemap"
    xcodebuild -create-xcframework "${arguments[@]}" -output dist/swift/PolywriteFFI.xcframework
    cp -R dist/swift/PolywriteFFI.xcframework bindings-swift/
    (cd dist/swift && zip -qr PolywriteFFI.xcframework.zip PolywriteFFI.xcframework && rm -r PolywriteFFI.xcframework)
}

# The package's native part as users link it: dist/swift/lib with its pkg-config file.
swift_build() {
    say "Swift: building the native library"
    if [ "$(uname)" = Darwin ]; then
        swift_xcframework
        return
    fi
    swift_native dist/swift dist
}

swift_test() {
    say "Swift: testing"
    swift_native bindings-swift/.build/native dev
    cargo build --quiet -p polywrite-cli
    export POLYWRITE_CLI=$root/target/debug/polywrite
    swift_without_library
    (
        . tasks/emulator.sh
        start_emulator --tls
        swift_local_appwrite
        swift_package test --disable-swift-testing
        swift_types
        swift_example server-side-rendering ServerSideRendering
        swift_link examples/import-csv/swift/Sources/ImportCSV/ImportCSV.swift ImportCSV
        { echo title,year && seq -f 'Film number %g,1999' 2500; } | swift_run .build/examples/ImportCSV
    )
    say "Swift: the transfers again, with a server before 1.9.5"
    (
        . tasks/emulator.sh
        start_emulator --tls --like 1.8
        swift_local_appwrite
        swift_package test --skip-build --disable-swift-testing --filter TransferTests
    )
    swift_functions
    swift_vectors
}

# The local Appwrite's tests of functions in Swift, beside the toolchain that builds these.
swift_functions() {
    say "Swift: functions of the local Appwrite"
    local tests
    tests=$(cargo test --quiet -p polywrite-emulator --test behaviour --no-run --message-format json |
        python3 -c 'import json, sys
for made in map(json.loads, sys.stdin):
    if made.get("executable") and made["profile"]["test"]: print(made["executable"])')
    swift_run_in "$root/emulator" "$tests" --ignored in_swift
}

# A build without the native library fails at its beginning and says what to do.
swift_without_library() {
    local said modules=.build/without-library
    # A module that was compiled before is not compiled again, whatever the folders for headers are.
    rm -rf "bindings-swift/$modules"
    said=$(echo 'import PolywriteFFI' |
        swift_run swiftc -typecheck -module-cache-path "$modules" -I Sources/PolywriteFFI - 2>&1) &&
        fail "PolywriteFFI compiles without the native library"
    [[ $said == *"set PKG_CONFIG_PATH"* ]] || fail "a missing native library is not explained: $said"
}

# Runs an example against the local Appwrite. Each has a build folder of its own: SwiftPM mixes them up in one.
swift_example() {
    local folder=../examples/$1/swift scratch=.build/examples/$1 log=bindings-swift/.build/example.log
    swift_package build --package-path "$folder" --scratch-path "$scratch" >"$log" 2>&1 || fail "$(tail -n 30 "$log")"
    swift_run "$scratch/debug/$2"
}

# Makes a program of one file, .build/examples/$2 of $1, linked with what the tests were built of: as a package it would
# build all of that again.
swift_link() {
    local built=$root/bindings-swift/.build/debug program=$root/bindings-swift/.build/examples/$2 source
    source=$(realpath "$1")
    local objects=()
    mapfile -t objects < <(grep '/Polywrite[A-Za-z]*[.]build/' "$built/PolywritePackageTests.product/Objects.LinkFileList" |
        grep -v Tests)
    mkdir -p "${program%/*}"
    swift_run swiftc -parse-as-library -swift-version 6 -I "$built/Modules" \
        -I "$root/bindings-swift/Sources/PolywriteFFI" -Xcc -I -Xcc "$root/bindings-swift/include" \
        -Xcc "-fmodule-map-file=$root/bindings-swift/Sources/PolywriteFFI/module.modulemap" \
        "$source" "${objects[@]}" \
        -L "$root/bindings-swift/.build/native/lib" -lpolywrite_swift -lm -ldl -lpthread -o "$program"
}

# Types of tables are written as `swift format` does it with its own settings, they compile, and mistakes are errors where
# they are.
swift_types() {
    local name types=tests/types
    for name in cinema long; do
        swift_run swift format "../$types/written/$name.swift" | diff "$types/written/$name.swift" - ||
            fail "$types/written/$name.swift is not formatted"
    done
    swift_typecheck "../$types/written/long.swift"
    { swift_typecheck "../$types/written/cinema.swift" "../$types/programs/wrong.swift" 2>&1 || true; } |
        python3 -m tests.types.mistakes "$types/programs/wrong.swift"
}

# Checks files with the modules that the tests have built.
swift_typecheck() {
    PKG_CONFIG_PATH=$root/bindings-swift/.build/native/lib/pkgconfig swift_run swiftc -typecheck -parse-as-library \
        -swift-version 6 -I "$root/bindings-swift/.build/debug/Modules" -I "$root/bindings-swift/Sources/PolywriteFFI" \
        -Xcc -I -Xcc "$root/bindings-swift/include" \
        -Xcc "-fmodule-map-file=$root/bindings-swift/Sources/PolywriteFFI/module.modulemap" "$@"
}

# The runner is a package of its own, built like the examples.
swift_vectors() {
    python3 -m tests.runners.swift target/vectors/swift-package
    # With a cached plan SwiftPM does not see a file that the package has now.
    rm -f bindings-swift/.build/vectors/debug.yaml
    swift_package build --quiet --package-path ../target/vectors/swift-package --scratch-path .build/vectors --product Vectors
    vectors swift swift_run .build/vectors/debug/Vectors
}

swift_demo() {
    say "The demo in Swift: building it (the first time takes a few minutes)"
    swift_native bindings-swift/.build/native dev
    swift_local_appwrite
    say "The demo in Swift"
    swift_example demo Demo
}

swift_lint() {
    say "Swift: lint"
    swift_bindgen --check
    # Except for UniFFI's, generated files are formatted too, as the templates write them. Links lead to types of tables,
    # which have the layout that programs have without settings.
    find bindings-swift examples/*/swift benches/swift tests/{chaos,runners}/swift emulator/{src,tests}/functions -name .build -prune -o \
        -path '*/PolywriteNative/generated' -prune -o -type f -name '*.swift' -printf '../%p\n' |
        swift_run xargs swift format lint --strict --configuration .swift-format
}
