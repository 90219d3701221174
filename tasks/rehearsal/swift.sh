# Swift's side of the rehearsal: a git repository on this machine in the place of the one that programs name, and two
# versions of Swift. Debian 13 has 6.0.3, which links by pkg-config, sid has 6.2 or later, which links artifact bundles.

. tasks/swift.sh

publish_swift() {
    local repository=$rehearsal/polywrite-swift
    cd "$copy"
    [ -e dist/swift/PolywriteFFI.artifactbundle.zip ] && [ -e "dist/swift/polywrite-swift-$host.tar.gz" ]
    python3 tasks/mirror.py package "$repository" dist/swift/PolywriteFFI.artifactbundle
    cd "$repository"
    git init --quiet
    git add .
    git -c user.name=rehearsal -c user.email=rehearsal@example.com commit --quiet --message "$version"
    git tag "$version"
}

# A program in a folder of its own, built and run by a system's Swift: swift_by SYSTEM [VARIABLE=VALUE]
swift_by() {
    local system=$1
    clean "$system"
    mkdir -p Sources/Call
    cp "$root/tests/rehearsal/call.swift" Sources/Call/main.swift
    cat >Package.swift <<SWIFT
// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Call",
    platforms: [.macOS(.v13)],
    dependencies: [.package(url: "file://$rehearsal/polywrite-swift", exact: "$version")],
    targets: [.executableTarget(name: "Call", dependencies: [.product(name: "Polywrite", package: "polywrite-swift")])]
)
SWIFT
    debian_run "$system" "$PWD" env "${@:2}" swift run --quiet Call
    debian_run "$system" "$PWD" swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/called with Swift \1/p'
}

swift_by_pkg_config() {
    mkdir -p "$rehearsal/library"
    tar -xzf "$copy/dist/swift/polywrite-swift-$host.tar.gz" -C "$rehearsal/library"
    swift_by swift "PKG_CONFIG_PATH=$rehearsal/library/lib/pkgconfig"
}

swift_by_bundle() {
    debian_root swift-sid@sid ca-certificates git libc6-dev swiftlang
    swift_by swift-sid
}

rehearse_swift() {
    debian_root swift "${swift_packages[@]}"
    step "Swift: from a git repository, the library by pkg-config" swift_by_pkg_config
    step "Swift: from a git repository, the library in an artifact bundle" swift_by_bundle
}
