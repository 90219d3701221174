//! A function in Swift: SwiftPM builds a program of its files, as the server does, in the folder `.build` of the function.

mod manifest;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use ring::digest::{Context, SHA256};
use tokio::process::Command;

use super::{compiler, program::Programs};

/// The program around a function, and what functions are written against. They are one module with the function.
const FILES: [(&str, &str); 2] = [
    ("main.swift", include_str!("swift/main.swift")),
    ("OpenRuntimes.swift", include_str!("swift/OpenRuntimes.swift")),
];

/// Files by their path in a folder.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Builds the function of a folder anew where its code has changed. Returns its program.
pub(super) async fn build(programs: &Arc<Programs>, version: &str, folder: &Path) -> Result<PathBuf, String> {
    let around = folder.join(".build/polywrite");
    let own = sources(folder).map_err(|problem| {
        format!("The emulator could not read the code in {}: {problem}", folder.display())
    })?;
    if own.contains_key(Path::new("main.swift")) {
        let said = "A function in Swift cannot be in a file main.swift, which the server's runtime has itself: give it \
                    another name.";
        return Err(said.to_owned());
    }
    let code = FILES.iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).chain(own).collect();
    let manifest = manifest::around(programs, version, folder, &around).await?;
    write(&around, &manifest, &code).map_err(|problem| compiler::unwritten(&around, &problem))?;
    // SwiftPM takes seconds to see that nothing has changed.
    let (built, digest) = (around.join("built"), digest(&manifest, &code));
    let program = around.join(".build/debug/Runtime");
    if program.exists() && fs::read(&built).is_ok_and(|known| known == digest) {
        return Ok(program);
    }
    run(programs, &around, &["build", "--product", "Runtime"]).await.map_err(|said| {
        // The files of the function by their own paths.
        said.replace(&format!("{}/", folder_of_code(&around).display()), "")
    })?;
    fs::write(&built, digest).map_err(|problem| compiler::unwritten(&around, &problem))?;
    Ok(program)
}

/// Runs SwiftPM in the folder of a package. Returns what it has printed.
async fn run(programs: &Arc<Programs>, package: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut swift = Command::new("swift");
    swift
        .args(arguments)
        .arg("--package-path")
        .arg(package)
        .arg("--scratch-path")
        .arg(package.join(".build"));
    swift.current_dir(package);
    compiler::run(programs, "swift", "https://www.swift.org/install", swift).await
}

fn folder_of_code(around: &Path) -> PathBuf {
    around.join("Sources/Runtime")
}

/// The code in a folder. As for SwiftPM, hidden files are not a part of it. Links are not either: they may lead anywhere.
fn sources(folder: &Path) -> io::Result<Files> {
    let (mut found, mut folders) = (Files::new(), vec![PathBuf::new()]);
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(folder.join(&below))? {
            let entry = entry?;
            let (path, kind) = (below.join(entry.file_name()), entry.file_type()?);
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            let is_code =
                path.extension().is_some_and(|it| it == "swift") && path != Path::new(manifest::NAME);
            if kind.is_dir() && !is_hidden {
                folders.push(path);
            } else if kind.is_file() && !is_hidden && is_code {
                found.insert(path, fs::read(entry.path())?);
            }
        }
    }
    Ok(found)
}

/// Writes the package around a function, and takes away what the function has no more.
fn write(around: &Path, manifest: &str, code: &Files) -> io::Result<()> {
    compiler::write(&around.join(manifest::NAME), manifest.as_bytes())?;
    let folder = folder_of_code(around);
    for (path, text) in code {
        compiler::write(&folder.join(path), text)?;
    }
    for gone in sources(&folder)?.keys().filter(|path| !code.contains_key(*path)) {
        fs::remove_file(folder.join(gone))?;
    }
    Ok(())
}

/// What distinguishes a package from others.
fn digest(manifest: &str, code: &Files) -> Vec<u8> {
    let mut digest = Context::new(&SHA256);
    let paths = code.iter().map(|(path, text)| (path.as_os_str().as_encoded_bytes(), text.as_slice()));
    for (name, text) in paths.chain([(manifest::NAME.as_bytes(), manifest.as_bytes())]) {
        for part in [name, text] {
            digest.update(&part.len().to_le_bytes());
            digest.update(part);
        }
    }
    digest.finish().as_ref().to_vec()
}
