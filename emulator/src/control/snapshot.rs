//! Snapshots: what a project has at a moment, to go back to.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    params::{ID_RULE, is_id},
    state::State,
};

/// Where the snapshots of all projects are, among documents and among files. No project has such an ID.
const SNAPSHOTS: &str = "_snapshots";

/// Keeps what the project has now, in place of an older snapshot of that name.
pub(super) fn take(state: &State, project: &str, name: &str) -> Result<(), Failure> {
    if !is_id(name) {
        return Err(Failure::argument("name", ID_RULE));
    }
    let (documents, files) = place(state, project, name);
    let _writing = state.writing();
    copy(&state.files.join(project), &files)?;
    state.store.atomically(|| {
        state.store.copy_tree(project, &documents)?;
        state.store.put(&format!("{SNAPSHOTS}/{project}"), name, &serde_json::json!({}))
    })
}

/// Puts what a snapshot has in place of what the project has.
pub(super) fn restore(state: &State, project: &str, name: &str) -> Result<(), Failure> {
    let (documents, files) = place(state, project, name);
    let _writing = state.writing();
    if state.store.get(&format!("{SNAPSHOTS}/{project}"), name)?.is_none() {
        let words = format!("the project has no snapshot {name:?}");
        return Err(Failure::new(404, "snapshot_not_found", words));
    }
    copy(&files, &state.files.join(project))?;
    state.store.atomically(|| state.store.copy_tree(&documents, project))
}

fn place(state: &State, project: &str, name: &str) -> (String, PathBuf) {
    (format!("{SNAPSHOTS}/{project}/{name}"), state.files.join(SNAPSHOTS).join(project).join(name))
}

/// Puts a copy of a directory in place of another. Files here are small; one that does not exist is an empty one.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::remove_dir_all(to) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => return Err(problem),
        _ => {}
    }
    copy_into(from, to)
}

fn copy_into(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_into(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
