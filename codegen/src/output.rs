//! Rendered files against the tree: writing them, or only comparing.

use crate::{File, Target};
use anyhow::{Context, Result};
use polywrite_api::Api;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How the tree differs from what a target renders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The file is not there.
    Missing,
    /// The file says something else.
    Changed,
    /// The file is there and should not be.
    Stale,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Stale => "stale",
        })
    }
}

/// Renders and formats, sorted by path.
///
/// # Errors
/// As [`Target::render`] and [`Target::format`], with the file's name.
pub fn rendered(target: &dyn Target, api: &Api, root: &Path) -> Result<BTreeMap<String, String>> {
    let files = target.render(api).with_context(|| format!("target {}", target.name()))?;
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(files.len()));
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let formatted = target
                        .format(root, file.clone())
                        .with_context(|| format!("formatting {}", file.path));
                    done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(formatted);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.into_iter().map(|file| file.map(|File { path, text }| (path, text))).collect()
}

/// Compares rendered files with the tree, by path.
///
/// # Errors
/// When a file or folder cannot be read.
pub fn differences(
    target: &dyn Target,
    files: &BTreeMap<String, String>,
    root: &Path,
) -> Result<BTreeMap<String, Difference>> {
    let mut found = BTreeMap::new();
    for (path, text) in files {
        match std::fs::read_to_string(root.join(path)) {
            Ok(there) if there == *text => {}
            Ok(_) => drop(found.insert(path.clone(), Difference::Changed)),
            Err(_) => drop(found.insert(path.clone(), Difference::Missing)),
        }
    }
    for folder in target.folders() {
        for path in files_below(&root.join(folder))? {
            let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if !files.contains_key(&relative) {
                found.insert(relative, Difference::Stale);
            }
        }
    }
    Ok(found)
}

/// Makes the tree agree with the rendered files, and returns what that changed.
///
/// # Errors
/// When a file or folder cannot be read or written.
pub fn write(
    target: &dyn Target,
    files: &BTreeMap<String, String>,
    root: &Path,
) -> Result<BTreeMap<String, Difference>> {
    let changes = differences(target, files, root)?;
    for (path, difference) in &changes {
        let place = root.join(path);
        let named = || place.display().to_string();
        match files.get(path) {
            Some(text) if *difference != Difference::Stale => {
                if let Some(folder) = place.parent() {
                    std::fs::create_dir_all(folder).with_context(named)?;
                }
                std::fs::write(&place, text).with_context(named)?;
            }
            _ => std::fs::remove_file(&place).with_context(named)?,
        }
    }
    Ok(changes)
}

/// Every file below a folder; none when there is no such folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            // What interpreters leave behind is not output.
            if path.file_name().is_some_and(|name| name == "__pycache__") {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}
