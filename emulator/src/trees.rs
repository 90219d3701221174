//! What projects and snapshots have: trees of documents, each with a folder of files.
//!
//! A tree that becomes a copy of another one gets a new folder, and its documents change in the same step as its folder
//! does. Whenever the emulator ends, documents and files fit each other.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{failure::Failure, random, state::State, store::Store};

/// The folders of the trees that have another one than that of their name.
const FOLDERS: &str = "_emulator/folders";

/// Where these are. No project has such an ID.
const COPIES: &str = "_copies";

/// The folder of a tree's files.
pub(crate) fn folder(state: &State, tree: &str) -> Result<PathBuf, Failure> {
    let own = state.store.shared(FOLDERS, tree)?;
    let name = own.as_ref().and_then(|own| own["folder"].as_str()).unwrap_or(tree);
    Ok(state.files.join(name))
}

/// Puts a copy of a tree in place of another one, and does more in the same step.
pub(crate) fn copy(
    state: &State,
    from: &str,
    to: &str,
    more: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (source, former) = (folder(state, from)?, folder(state, to)?);
    let name = format!("{COPIES}/{}", random::hex(20));
    let new = state.files.join(&name);
    let copied = copy_files(&source, &new).map_err(Failure::from).and_then(|()| {
        state.store.atomically(|| {
            state.store.copy_tree(from, to)?;
            state.store.put(FOLDERS, to, &json!({"tree": to, "folder": name}))?;
            more()
        })
    });
    // What is left of it goes when the emulator starts again.
    let _ = remove_folder(if copied.is_ok() { &former } else { &new });
    copied
}

/// Removes a tree and those below it.
pub(crate) fn remove(state: &State, tree: &str) -> Result<(), Failure> {
    let (store, below) = (&state.store, format!("{tree}/"));
    let mut folders = vec![state.files.join(tree)];
    store.atomically(|| {
        for known in store.all(FOLDERS)? {
            let name = known["tree"].as_str().unwrap_or_default();
            if name == tree || name.starts_with(&below) {
                folders.push(state.files.join(known["folder"].as_str().unwrap_or_default()));
                store.remove(FOLDERS, name)?;
            }
        }
        store.remove_tree(tree)
    })?;
    Ok(folders.iter().try_for_each(|folder| remove_folder(folder))?)
}

/// Removes the folders that an emulator has left which ended in the middle of a copy.
pub(crate) fn sweep(files: &Path, store: &Store) -> Result<(), Failure> {
    let mut known = HashSet::new();
    for own in store.all(FOLDERS)? {
        known.insert(files.join(own["folder"].as_str().unwrap_or_default()));
        remove_folder(&files.join(own["tree"].as_str().unwrap_or_default()))?;
    }
    let copies = match fs::read_dir(files.join(COPIES)) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(()),
        copies => copies?,
    };
    for copy in copies {
        let copy = copy?.path();
        if !known.contains(&copy) {
            remove_folder(&copy)?;
        }
    }
    Ok(())
}

/// Removes a folder, if there is one.
pub(crate) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => Err(problem),
        _ => Ok(()),
    }
}

/// Copies files; a folder that does not exist is an empty one. Files here are small.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        // Contents that are written just now, which may go while they are copied.
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_files(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
