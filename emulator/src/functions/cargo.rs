//! A function in Rust: cargo builds a program of its crate, as the server does, in the folder `target` of the function.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::process::Command;

use super::{compiler, program::Programs};

/// The program around a function, and the crate that functions are written against.
const FILES: [(&str, &str); 2] = [
    ("call.rs", include_str!("rust/call.rs")),
    ("openruntimes/src/lib.rs", include_str!("rust/openruntimes.rs")),
];
const MANIFEST: &str = include_str!("rust/Cargo.toml.in");
const MANIFEST_OF_TYPES: &str = include_str!("rust/openruntimes.toml.in");

/// Builds the function of a folder anew where its code has changed. Returns its program.
pub(super) async fn build(
    programs: &Arc<Programs>,
    folder: &Path,
    entrypoint: &Path,
) -> Result<PathBuf, String> {
    let name = package(folder, entrypoint)?;
    let around = folder.join("target/polywrite");
    write(&around, folder, &name).map_err(|problem| compiler::unwritten(&around, &problem))?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--color", "never", "--manifest-path"]).arg(around.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(&around).current_dir(&around);
    // The folder of what is built would be another one.
    cargo.env_remove("CARGO_BUILD_TARGET");
    compiler::run(programs, "cargo", "https://rustup.rs", cargo).await?;
    Ok(around.join("debug").join(format!("polywrite-function{}", std::env::consts::EXE_SUFFIX)))
}

/// The name of a function's crate, whose library is its entrypoint.
fn package(folder: &Path, entrypoint: &Path) -> Result<String, String> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml"))
        .map_err(|problem| format!("A function in Rust needs a Cargo.toml in its folder: {problem}"))?;
    let manifest: toml::Table =
        manifest.parse().map_err(|problem| format!("The function's Cargo.toml cannot be read: {problem}"))?;
    let text = |table: &str, key: &str| manifest.get(table)?.get(key)?.as_str();
    let library = folder.join(text("lib", "path").unwrap_or("src/lib.rs"));
    if library.canonicalize().ok().as_deref() != Some(entrypoint) {
        let (library, own) = (library.display(), entrypoint.display());
        return Err(format!(
            "The entrypoint of the function is {own}, and the library of its Cargo.toml {library}: make `path` in `[lib]` \
             name the entrypoint."
        ));
    }
    let name = text("package", "name").ok_or("The function's Cargo.toml has no name of a package.")?;
    Ok(name.to_owned())
}

/// Writes the program around a function.
fn write(around: &Path, folder: &Path, name: &str) -> io::Result<()> {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let handler = format!("{{ path = {}, package = {} }}", quoted(&folder.to_string_lossy()), quoted(name));
    let manifest = MANIFEST.replace("HANDLER", &handler);
    let manifests = [("Cargo.toml", manifest.as_str()), ("openruntimes/Cargo.toml", MANIFEST_OF_TYPES)];
    for (path, text) in FILES.into_iter().chain(manifests) {
        compiler::write(&around.join(path), text.as_bytes())?;
    }
    // Versions that the function has locked hold; cargo adds what is missing.
    let (own, lock) = (folder.join("Cargo.lock"), around.join("Cargo.lock"));
    if own.exists() && !lock.exists() {
        std::fs::copy(own, lock)?;
    }
    Ok(())
}
