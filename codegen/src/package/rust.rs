//! The crate: the facade's own files over `polywrite`, in a crate whose root has the modules that they name.

use super::{Package, rendered};
use crate::{File, docs, targets};
use anyhow::{Result, ensure};
use polywrite_api::{Api, names};
use serde_json::json;

/// Where the facade of the repository has what is the definition's own, and where the crate has it.
const FOLDERS: [(&str, &str); 4] = [
    ("core/src/operations/generated/", "src/operations/"),
    ("core/src/services/generated/", "src/services/"),
    ("models/src/enums/generated/", "src/enums/"),
    ("models/src/models/generated/", "src/models/"),
];

/// Crates that this one uses, so that it cannot have their names.
const CRATES: [&str; 6] = ["alloc", "core", "polywrite_models", "serde", "serde_json", "std"];

pub(super) fn files(api: &Api, package: &Package) -> Result<Vec<File>> {
    let module = package.module();
    ensure!(
        names::rust_identifier(&module) == module && !CRATES.contains(&module.as_str()),
        "`{module}` cannot be a crate's name; choose another one with --name"
    );
    let has_bulk = api.services.values().any(|service| !api.bulk.writes(service).is_empty());
    let has_waits = api.services.values().any(|service| docs::waits_of(api, service).next().is_some());
    let rust = targets::named(&["rust".to_owned()])?;
    let services = targets::rust_services(api);
    let modules: Vec<&str> = services.iter().map(|it| it.module.trim_start_matches("r#")).collect();
    let mut files = Vec::new();
    for file in rust[0].render(api)? {
        let flow = match &*file.path {
            "core/src/flow/bulk/generated/mod.rs" => has_bulk,
            "core/src/flow/wait/generated/mod.rs" => has_waits,
            _ => false,
        };
        let own = FOLDERS.iter().find_map(|(from, to)| Some((*to, file.path.strip_prefix(from)?)));
        match own {
            _ if flow => files.push(File::new(file.path.trim_start_matches("core/"), file.text)),
            // The root of the crate lists the services.
            Some(("src/operations/" | "src/services/", name))
                if !modules.contains(&name.trim_end_matches(".rs")) => {}
            Some((folder, name)) => files.push(File::new(format!("{folder}{name}"), file.text)),
            None => {}
        }
    }
    let context = json!({
        "name": package.name, "module": module, "version": package.version, "needs": env!("CARGO_PKG_VERSION"),
        "endpoint": api.client.default_endpoint, "variables": super::variables(api), "bulk": has_bulk, "waits": has_waits,
        "service": services.first().map(|service| &service.class), "services": services,
    });
    let own = [
        ("Cargo.toml", "Cargo.toml"),
        ("README.md", "rust.md"),
        ("src/client.rs", "client.rs"),
        ("src/lib.rs", "lib.rs"),
    ];
    files.extend(rendered(own, &context)?);
    Ok(files)
}
