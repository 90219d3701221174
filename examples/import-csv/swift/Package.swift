// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "ImportCSV",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Polywrite", path: "../../../bindings-swift")],
    targets: [
        .executableTarget(name: "ImportCSV", dependencies: [.product(name: "Polywrite", package: "Polywrite")])
    ]
)
