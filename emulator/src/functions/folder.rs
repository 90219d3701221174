//! The folder that has a function's code, and whether it may be run.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};
use tokio::runtime::Handle;

use super::{compiler, environment::Runtime};
use crate::{clock, failure::Failure, random, services, state::State};

/// The field of a stored function that names its folder.
const FIELD: &str = "_folder";

/// Gives a function its folder, and a deployment that is ready.
pub(crate) fn attach(state: &State, project: &str, function_id: &str, path: &str) -> Result<(), Failure> {
    let folder = resolve(state, path).ok_or_else(|| {
        let rule =
            format!("{path:?} is not a folder below one that the emulator was started with (--functions)");
        Failure::argument("path", rule)
    })?;
    let functions = format!("{project}/resources/functions");
    let Some(mut function) = state.store.get(&functions, function_id)? else { return Err(Failure::server()) };
    let (id, now) = (random::id(), clock::now());
    let given = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "type": "manual", "status": "ready", "activate": true,
        "resourceId": function_id, "resourceType": "functions", "entrypoint": function["entrypoint"],
    });
    let deployment = state.schema.resource("functions.getDeployment", given);
    let fields = json!({
        FIELD: folder.to_string_lossy(), "deploymentId": id, "deploymentCreatedAt": now, "latestDeploymentId": id,
        "latestDeploymentCreatedAt": now, "latestDeploymentStatus": "ready",
    });
    services::set(&mut function, &fields);
    state.store.put(&format!("{functions}/{function_id}/deployments"), &id, &deployment)?;
    state.store.put(&functions, function_id, &function)?;
    if let Ok((folder, file)) = entrypoint(state, &function)
        && compiler::builds(Runtime::of(&function))
        && let Ok(tasks) = Handle::try_current()
    {
        // An execution builds it as well, and says what goes wrong; begun now it is ready sooner.
        let programs = Arc::clone(&state.programs);
        tasks.spawn(async move {
            drop(compiler::build(&programs, Runtime::of(&function), &folder, &file).await);
        });
    }
    Ok(())
}

/// Whether executions of a function run code.
pub(crate) fn is_runnable(function: &Value) -> bool {
    function[FIELD].is_string()
}

/// The folder of a function and the file in it that has the code, by its path from there.
pub(super) fn entrypoint(state: &State, function: &Value) -> Result<(PathBuf, PathBuf), String> {
    let path = function[FIELD].as_str().unwrap_or_default();
    let Some(folder) = resolve(state, path) else {
        return Err(format!("The emulator was not started with the folder {path} (--functions)."));
    };
    let named = function["entrypoint"].as_str().unwrap_or_default();
    match folder.join(named).canonicalize() {
        Ok(file) if file.is_file() && file.starts_with(&folder) => Ok((folder, file)),
        _ => Err(format!("Failed to load entrypoint, file {named} does not exist.")),
    }
}

/// A folder by its path, absolute or from one of those the emulator was started with; it is that one, or lies below it.
fn resolve(state: &State, path: &str) -> Option<PathBuf> {
    let roots: Vec<PathBuf> = state.functions.iter().filter_map(|root| root.canonicalize().ok()).collect();
    let is_below = |folder: &PathBuf| folder.is_dir() && roots.iter().any(|root| folder.starts_with(root));
    roots.iter().filter_map(|root| root.join(Path::new(path)).canonicalize().ok()).find(is_below)
}
