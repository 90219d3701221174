//! The classes of errors by their kinds, and the server's names of errors.

use super::text::docstring;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};

/// The folder of what programs do not import themselves.
pub(super) const INNER: &str = "bindings-python/python/polywrite/generated";
/// The package of the server's names.
pub(super) const TYPES: &str = "bindings-python/python/polywrite/error_types";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let kinds = api.kinds.values().map(|kind| {
        let parent = kind.under.as_ref().and_then(|name| api.kinds.get(name));
        let parent = parent.map_or("AppwriteException", |parent| parent.python.as_str());
        let bases: Vec<&str> = [parent].into_iter().chain(kind.python_also.as_deref()).collect();
        json!({
            "name": kind.name, "class": kind.python, "bases": bases.join(", "),
            "about": docstring(std::slice::from_ref(&kind.about), 4),
        })
    });
    let context = json!({ "header": header("kinds.toml"), "kinds": kinds.collect::<Vec<Value>>() });
    let exceptions = templates.render("exceptions.py", context)?;
    let context = json!({ "header": header("errors.toml"), "types": api.errors });
    let error_types = templates.render("error_types.py", context)?;
    Ok(vec![
        File::new(format!("{INNER}/exceptions.py"), exceptions),
        File::new(format!("{INNER}/__init__.py"), format!("# {}\n", header("kinds.toml"))),
        File::new(format!("{TYPES}/__init__.py"), error_types),
    ])
}
