//! A function in Rust: cargo builds a program of its crate, as the server does, in the folder `target` of the function.

use std::{
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{process::Command, sync::Mutex, time::timeout};

/// How long a build may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// The most bytes of what cargo says that an execution shows.
const LONGEST: usize = 8000;

/// The program around a function, and the crate that functions are written against.
const FILES: [(&str, &str); 2] = [
    ("call.rs", include_str!("rust/call.rs")),
    ("openruntimes/src/lib.rs", include_str!("rust/openruntimes.rs")),
];
const MANIFEST: &str = include_str!("rust/Cargo.toml.in");
const MANIFEST_OF_TYPES: &str = include_str!("rust/openruntimes.toml.in");

/// One build at a time: cargo uses all processors for one.
static BUILDING: Mutex<()> = Mutex::const_new(());

/// Builds the function of a folder anew where its code has changed. Returns its program.
pub(super) async fn build(folder: &Path, entrypoint: &Path) -> Result<PathBuf, String> {
    let name = package(folder, entrypoint)?;
    let around = folder.join("target/polywrite");
    let _one = BUILDING.lock().await;
    write(&around, folder, &name).map_err(|problem| {
        format!(
            "The emulator could not write the program of the function into {}: {problem}",
            around.display()
        )
    })?;
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--color", "never", "--manifest-path"]).arg(around.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(&around).current_dir(&around);
    // The folder of what is built would be another one.
    cargo.env_remove("CARGO_BUILD_TARGET");
    cargo.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let built = timeout(PATIENCE, cargo.output()).await;
    let built =
        built.map_err(|_| format!("cargo did not build the function in {} s.", PATIENCE.as_secs()))?;
    let built = built.map_err(|problem| match problem.kind() {
        io::ErrorKind::NotFound => {
            "Functions in Rust need cargo, which is not on the emulator's PATH: get it from https://rustup.rs.".to_owned()
        }
        _ => format!("The emulator could not start cargo: {problem}"),
    })?;
    if !built.status.success() {
        let said = String::from_utf8_lossy(&built.stderr);
        let said: String = said.chars().take(LONGEST).collect();
        return Err(format!("cargo could not build the function.\n{said}"));
    }
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

/// Writes the program around a function; files that are as they should be stay, so that cargo does not build them again.
fn write(around: &Path, folder: &Path, name: &str) -> io::Result<()> {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let handler = format!("{{ path = {}, package = {} }}", quoted(&folder.to_string_lossy()), quoted(name));
    let manifest = MANIFEST.replace("HANDLER", &handler);
    let manifests = [("Cargo.toml", manifest.as_str()), ("openruntimes/Cargo.toml", MANIFEST_OF_TYPES)];
    for (path, text) in FILES.into_iter().chain(manifests) {
        let file = around.join(path);
        if std::fs::read_to_string(&file).is_ok_and(|known| known == text) {
            continue;
        }
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(file, text)?;
    }
    // Versions that the function has locked hold; cargo adds what is missing.
    let (own, lock) = (folder.join("Cargo.lock"), around.join("Cargo.lock"));
    if own.exists() && !lock.exists() {
        std::fs::copy(own, lock)?;
    }
    Ok(())
}
