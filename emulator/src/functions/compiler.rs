//! Functions that are built before they run: what does it for which runtime, and how a compiler is run.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{process::Command, sync::Mutex};

use super::{cargo, environment::Runtime, program::Programs, swift};

/// How long a build may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// The most characters of what a compiler says that an execution shows.
const LONGEST: usize = 8000;

/// One build at a time: a compiler uses all processors for one.
static BUILDING: Mutex<()> = Mutex::const_new(());

/// Whether functions of a runtime are built.
pub(super) fn builds(runtime: Runtime<'_>) -> bool {
    matches!(runtime.name, "rust" | "swift")
}

/// Builds the function of a folder anew where its code has changed. Returns its program.
pub(super) async fn build(
    programs: &Arc<Programs>,
    runtime: Runtime<'_>,
    folder: &Path,
    entrypoint: &Path,
) -> Result<PathBuf, String> {
    let _one = BUILDING.lock().await;
    match runtime.name {
        "swift" => swift::build(programs, runtime.version, folder).await,
        _ => cargo::build(programs, folder, entrypoint).await,
    }
}

/// Runs a compiler until it is done, and returns what it has printed. `home` is where those get it who have not.
pub(super) async fn run(
    programs: &Arc<Programs>,
    name: &str,
    home: &str,
    mut command: Command,
) -> Result<String, String> {
    let started = programs.start(&mut command).map_err(|problem| match problem.kind() {
        io::ErrorKind::NotFound => {
            format!("The function needs {name}, which is not on the emulator's PATH: get it from {home}.")
        }
        _ => format!("The emulator could not start {name}: {problem}"),
    })?;
    let ended = started.end(&[], PATIENCE).await;
    let ended = ended.map_err(|problem| format!("The emulator could not wait for {name}: {problem}"))?;
    match ended {
        None => Err(format!("{name} did not build the function in {} s.", PATIENCE.as_secs())),
        Some(ended) if !ended.succeeded => {
            let said: String = (ended.stdout + &ended.stderr).chars().take(LONGEST).collect();
            Err(format!("{name} could not build the function.\n{said}"))
        }
        Some(ended) => Ok(ended.stdout),
    }
}

/// Writes a file; one that is as it should be stays, so that compilers do not build it again.
pub(super) fn write(file: &Path, text: &[u8]) -> io::Result<()> {
    if std::fs::read(file).is_ok_and(|known| known == text) {
        return Ok(());
    }
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(file, text)
}

/// What is said when the program around a function cannot be written.
pub(super) fn unwritten(folder: &Path, problem: &io::Error) -> String {
    format!("The emulator could not write the program of the function into {}: {problem}", folder.display())
}
