//! Files of JSON or TOML that describe what a project has from the start.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::Error;

/// Reads a seed. Files of buckets and folders of functions may be named by `path`, from where the seed is.
pub(super) fn read(path: &Path) -> Result<Value, Error> {
    let attempt = format!("read {}", path.display());
    let text = fs::read_to_string(path).map_err(|problem| Error::new(&attempt, problem))?;
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    let seed = if is_toml {
        toml::from_str(&text).map_err(|problem| problem.to_string())
    } else {
        serde_json::from_str(&text).map_err(|problem| problem.to_string())
    };
    let mut seed: Value = seed.map_err(|problem| Error::new(&attempt, problem))?;
    for bucket in seed["buckets"].as_array_mut().into_iter().flatten() {
        for file in bucket["files"].as_array_mut().into_iter().flatten() {
            let Some(at) = file.as_object_mut().and_then(|file| file.remove("path")) else { continue };
            let at = path.parent().unwrap_or(Path::new("")).join(at.as_str().unwrap_or_default());
            let attempt = format!("read {}", at.display());
            let content = fs::read(&at).map_err(|problem| Error::new(&attempt, problem))?;
            file["base64"] = json!(STANDARD.encode(content));
            if file["name"].is_null() {
                file["name"] = json!(at.file_name().unwrap_or_default().to_string_lossy());
            }
        }
    }
    for function in seed["functions"].as_array_mut().into_iter().flatten() {
        if let Some(at) = function["path"].as_str() {
            let at = path.parent().unwrap_or(Path::new("")).join(at);
            // From here, not from one of the folders that functions may be in.
            function["path"] = json!(std::path::absolute(&at).unwrap_or(at));
        }
    }
    Ok(seed)
}

/// The folders of the functions of a seed.
pub(super) fn functions(seed: &Value) -> Vec<PathBuf> {
    let functions = seed["functions"].as_array().into_iter().flatten();
    functions.filter_map(|function| function["path"].as_str()).map(PathBuf::from).collect()
}
