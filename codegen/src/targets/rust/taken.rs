//! Names that Rust, or the code around what is generated, needs for itself.

use crate::targets::taken::Taken;
use polywrite_api::names;

pub(super) const NAMES: Taken = Taken { models: &TYPES, enums: &TYPES, classes: &[&CLASSES], apart: true };

/// Types that generated models and enums name without their path, and type parameters of the macros they stand in.
const TYPES: [&str; 20] = [
    "A",
    "D",
    "Default",
    "Err",
    "Fields",
    "From",
    "IntoFuture",
    "IntoIterator",
    "M",
    "None",
    "Object",
    "Ok",
    "Option",
    "Result",
    "S",
    "Self",
    "Some",
    "String",
    "T",
    "Vec",
];

/// Types that services and the structs of their calls stand beside.
const CLASSES: [&str; 25] = [
    "Arguments",
    "AsRef",
    "Call",
    "Client",
    "Default",
    "DeserializeOwned",
    "DownloadCall",
    "Err",
    "FileSource",
    "From",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Serialize",
    "Some",
    "String",
    "T",
    "UploadCall",
    "Vec",
    "WaitCall",
];

/// Modules beside those of services and groups of models, modules that these name, and crates; `client` holds the
/// client's own calls.
const MODULES: [&str; 13] = [
    "bulk",
    "client",
    "core",
    "enums",
    "generated",
    "models",
    "r#mod",
    "rows",
    "serde",
    "serde_json",
    "shape",
    "std",
    "unions",
];

/// What every service has, so no call may be called so.
const FUNCTIONS: [&str; 1] = ["new"];

/// Whether a struct beside the services may not be called so.
pub(super) fn is_taken(class: &str) -> bool {
    CLASSES.contains(&class)
}

/// The module of a service or a group of models: `tables_db`.
pub(super) fn module(group: &str) -> String {
    let name = names::rust_identifier(group);
    if MODULES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The function of a call.
pub(in crate::targets) fn function(method: &str) -> String {
    let name = names::rust_identifier(method);
    if FUNCTIONS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The file of a module.
pub(super) fn file(folder: &str, module: &str) -> String {
    format!("{folder}/{}.rs", module.trim_start_matches("r#"))
}
