// swift-tools-version: 6.0
import PackageDescription

// The native library: on Linux `./dev build swift` makes it and its pkg-config file (see README.md), for Apple's systems
// the release workflow makes the framework.
#if os(Linux)
    let native: Target = .systemLibrary(name: "PolywriteFFI", pkgConfig: "polywrite_swift")
#else
    let native: Target = .binaryTarget(name: "PolywriteFFI", path: "PolywriteFFI.xcframework")
#endif

let package = Package(
    name: "Polywrite",
    platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .watchOS(.v9), .visionOS(.v1)],
    products: [
        .library(name: "Polywrite", targets: ["Polywrite", "PolywriteModels", "PolywriteEnums", "PolywriteJSON"]),
        .library(name: "PolywriteTesting", targets: ["PolywriteTesting"]),
    ],
    targets: [
        native,
        // UniFFI's generated code is not ready for Swift 6's rules; nothing of it shows outside of Polywrite.
        .target(
            name: "PolywriteNative",
            dependencies: ["PolywriteFFI"],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        .target(name: "PolywriteEnums"),
        .target(name: "PolywriteJSON"),
        .target(name: "PolywriteModels", dependencies: ["PolywriteEnums", "PolywriteJSON"]),
        .target(
            name: "Polywrite",
            dependencies: ["PolywriteEnums", "PolywriteJSON", "PolywriteModels", "PolywriteNative"]
        ),
        // A local Appwrite for the tests of programs; apps do not link it.
        .target(name: "PolywriteTesting", dependencies: ["Polywrite"]),
        .testTarget(
            name: "PolywriteTests",
            dependencies: ["Polywrite", "PolywriteTesting"],
            exclude: ["generated/expected.json"]
        ),
        .testTarget(name: "PolywriteTestingTests", dependencies: ["Polywrite", "PolywriteTesting"]),
        // Names that a web framework and a database library export, and a program that imports them beside Polywrite.
        .target(name: "OtherNames", path: "Tests/OtherNames"),
        .testTarget(name: "NeighbourTests", dependencies: ["OtherNames", "Polywrite"]),
    ],
    swiftLanguageModes: [.v6]
)
