//! The PyPI package: pure Python over `polywrite`.

use super::rows::{self, Names};
use super::{Package, rendered};
use crate::{File, targets};
use anyhow::Result;
use indexmap::IndexMap;
use polywrite_api::Api;
use serde_json::json;

/// Where the facade of the repository has its files.
const FOLDER: &str = "bindings-python/python/polywrite/";

/// What of the facade is the definition's own.
const OWN: [&str; 3] = ["enums", "models", "services"];

pub(super) fn files(api: &Api, package: &Package) -> Result<Vec<File>> {
    let module = package.module();
    let names = Names::of(api, &package.name);
    let python = targets::named(&["python".to_owned()])?;
    let mut files = Vec::new();
    for file in python[0].render(&names.put_into(api))? {
        let Some(path) = file.path.strip_prefix(FOLDER) else { continue };
        if OWN.iter().any(|own| path.starts_with(&format!("{own}/"))) {
            files.push(File::new(format!("{module}/{path}"), imported(path, &file.text)));
        }
    }
    let rows: IndexMap<String, String> =
        api.services.values().flat_map(|service| rows::of(api, service, &names)).collect();
    let context = json!({
        "name": package.name, "module": module, "version": package.version, "needs": env!("CARGO_PKG_VERSION"),
        "endpoint": api.client.default_endpoint, "variables": super::variables(api), "rows": rows,
        "service": api.services.values().next().map(|service| &service.class),
    });
    let own = [
        (format!("{module}/__init__.py"), "init.py"),
        (format!("{module}/client.py"), "client.py"),
        (format!("{module}/_fields.py"), "fields.py"),
        (format!("{module}/_operations.py"), "operations.py"),
        ("pyproject.toml".to_owned(), "pyproject.toml"),
        ("README.md".to_owned(), "python.md"),
    ];
    files.extend(rendered(own, &context)?);
    files.push(File::new(format!("{module}/py.typed"), ""));
    Ok(files)
}

/// A module's text with imports from `polywrite` of what the package lacks.
fn imported(path: &str, text: &str) -> String {
    // `from ...` leads out of `services/aio` to the package itself.
    let dots = ".".repeat(path.split('/').count());
    let out = format!("from {dots}");
    let is_service = path.starts_with("services/") && !path.ends_with("__init__.py");
    let mut lines = Vec::new();
    for line in text.lines() {
        let start = line.len() - line.trim_start().len();
        let (indent, statement) = line.split_at(start);
        match statement.strip_prefix(&out).and_then(|rest| rest.split_once(" import ")) {
            Some(("", names)) => lines.extend(packages(indent, &out, names)),
            Some(("_fields", _)) | None => lines.push(line.to_owned()),
            Some((module, names)) => lines.push(format!("{indent}from polywrite.{module} import {names}")),
        }
        if is_service && line.starts_with("from typing import TYPE_CHECKING") {
            lines.push(format!("\n{out} import _operations  # noqa: F401"));
        }
    }
    lines.join("\n")
}

/// `from .. import _types, models`: types are those of `polywrite`.
fn packages(indent: &str, out: &str, names: &str) -> Vec<String> {
    let (own, theirs): (Vec<&str>, Vec<&str>) = names.split(", ").partition(|name| OWN.contains(name));
    let line = |from: &str, names: Vec<&str>| {
        (!names.is_empty()).then(|| format!("{indent}from {from} import {}", names.join(", ")))
    };
    let package = out.trim_start_matches("from ").to_owned();
    [line("polywrite", theirs), line(&package, own)].into_iter().flatten().collect()
}
