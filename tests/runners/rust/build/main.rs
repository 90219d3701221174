//! Writes a function for every service that makes its calls from JSON, for every enum one that lists its values, and
//! one that calls every helper.

#![expect(clippy::print_stdout, reason = "a build script talks to Cargo")]

mod calls;
mod enums;
mod helpers;

use polywrite_api::Api;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let definition = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../api");
    for part in ["services", "client.toml", "enums.toml", "helpers.toml"] {
        println!("cargo::rerun-if-changed={}", definition.join(part).display());
    }
    let api = Api::load(&definition)?;
    let folder = std::env::var("OUT_DIR")?;
    let folder = Path::new(&folder);
    std::fs::write(folder.join("calls.rs"), calls::write(&api))?;
    std::fs::write(folder.join("enums.rs"), enums::write(&api))?;
    std::fs::write(folder.join("helpers.rs"), helpers::write(&api))?;
    Ok(())
}
