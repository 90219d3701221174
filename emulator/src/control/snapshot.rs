//! Snapshots: what a project has at a moment, to go back to.

use crate::{
    failure::Failure,
    params::{ID_RULE, is_id},
    projects::Project,
    state::{SNAPSHOTS, State},
    trees,
};

/// Keeps what the project has now, in place of an older snapshot of that name.
pub(super) fn take(state: &State, id: &str, project: &Project, name: &str) -> Result<(), Failure> {
    if !is_id(name) {
        return Err(Failure::argument("name", ID_RULE));
    }
    let _writing = state.writing();
    let remember = || state.store.put(&format!("{SNAPSHOTS}/{id}"), name, &project.kept());
    trees::copy(state, id, &tree(id, name), remember)
}

/// Puts what a snapshot has in place of what the project has.
pub(super) fn restore(state: &State, id: &str, project: &Project, name: &str) -> Result<(), Failure> {
    let _writing = state.writing();
    let Some(kept) = state.store.get(&format!("{SNAPSHOTS}/{id}"), name)? else {
        let words = format!("the project has no snapshot {name:?}");
        return Err(Failure::new(404, "snapshot_not_found", words));
    };
    trees::copy(state, &tree(id, name), id, || Ok(()))?;
    project.bring_back(&kept);
    Ok(())
}

fn tree(id: &str, name: &str) -> String {
    format!("{SNAPSHOTS}/{id}/{name}")
}
