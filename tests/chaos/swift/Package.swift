// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Chaos",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Polywrite", path: "../../../bindings-swift")],
    targets: [
        .executableTarget(name: "Chaos", dependencies: [.product(name: "Polywrite", package: "Polywrite")])
    ]
)
