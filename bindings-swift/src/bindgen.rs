//! Writes the Swift side of the native layer: `polywrite-swift-bindgen LIBRARY`, run in `bindings-swift`.
//!
//! `LIBRARY` is the built `libpolywrite_swift.so`, which describes its own surface.

use uniffi::SwiftBindingsOptions;

fn main() {
    let Some(library) = std::env::args().nth(1) else {
        eprintln!("usage: polywrite-swift-bindgen LIBRARY");
        std::process::exit(2);
    };
    let swift = SwiftBindingsOptions {
        generate_swift_sources: true,
        source: library.clone().into(),
        out_dir: "Sources/PolywriteNative/generated".into(),
        ..SwiftBindingsOptions::default()
    };
    let header = SwiftBindingsOptions {
        generate_headers: true,
        source: library.into(),
        out_dir: "Sources/PolywriteFFI/generated".into(),
        ..SwiftBindingsOptions::default()
    };
    for options in [swift, header] {
        if let Err(error) = uniffi::generate_swift_bindings(options) {
            eprintln!("{error:?}");
            std::process::exit(1);
        }
    }
}
