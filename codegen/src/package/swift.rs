//! The Swift package: the facade's own files over the package Polywrite, as modules of other names.

use super::rows::{self, Names};
use super::{Package, rendered};
use crate::targets::swift_identifier;
use crate::templates::mentions;
use crate::{File, targets};
use anyhow::{Result, ensure};
use indexmap::IndexMap;
use polywrite_api::{Api, names};
use serde_json::json;

/// What programs take from Polywrite under the same name, by the kind that an import names.
const EXPORTS: [(&str, &[&str]); 4] = [
    ("class", &["Client", "Realtime", "RealtimeSubscription", "UploadSession"]),
    ("enum", &["Channel", "ID", "LogLevel", "Permission", "RealtimeMessage", "Role", "Topic"]),
    ("protocol", &["AppwriteService", "QueryConvertible", "TransactionService"]),
    (
        "struct",
        &[
            "AppwriteError",
            "BulkFailure",
            "BulkProgress",
            "BulkReport",
            "CallEvent",
            "CallOptions",
            "DownloadProgress",
            "DownloadStream",
            "FileDownload",
            "FileUpload",
            "InputFile",
            "Items",
            "Operator",
            "Pages",
            "Query",
            "RateLimit",
            "RealtimeEvent",
            "ResponseInfo",
            "Transfers",
            "TransfersProgress",
            "UploadProgress",
            "WebhookEvent",
        ],
    ),
];

/// Modules that the package uses, and what `Client` has already.
const MODULES: [&str; 5] = ["Foundation", "FoundationEssentials", "PackageDescription", "Polywrite", "Swift"];
const FUNCTIONS: [&str; 4] = ["fromCookies", "fromEnv", "fromFunctionHeaders", "fromFunctionUser"];

pub(super) fn files(api: &Api, package: &Package) -> Result<Vec<File>> {
    let (module, function) = (names::pascal(&package.name), names::camel(&package.name));
    ensure!(
        !MODULES.contains(&&*module)
            && !FUNCTIONS.contains(&&*function)
            && swift_identifier(&function) == function,
        "`{}` cannot be a package's name in Swift; choose another one with --name",
        package.name
    );
    let names = Names::of(api, &package.name);
    let swift = targets::named(&["swift".to_owned()])?;
    let facade = swift[0].render(&names.put_into(api))?;
    let enums: Vec<&str> = facade.iter().filter_map(enum_in).collect();
    let mut files: Vec<File> = facade.iter().filter_map(|file| own(file, &module, &enums)).collect();
    let rows: IndexMap<String, String> =
        api.services.values().flat_map(|service| rows::of(api, service, &names)).collect();
    let context = json!({
        "name": package.name, "module": module, "function": function, "needs": env!("CARGO_PKG_VERSION"),
        "endpoint": api.client.default_endpoint, "variables": super::variables(api), "rows": rows,
        "exports": EXPORTS.into_iter().collect::<IndexMap<_, _>>(),
        "service": api.services.values().next().map(|service| &service.class),
    });
    let own = [
        ("Package.swift".to_owned(), "Package.swift"),
        ("README.md".to_owned(), "swift.md"),
        (format!("Sources/{module}/Client.swift"), "client.swift"),
        (format!("Sources/{module}/Exports.swift"), "exports.swift"),
        (format!("Sources/{module}/Operations.swift"), "operations.swift"),
        (format!("Sources/{module}Enums/Exports.swift"), "exports_of_enums.swift"),
        (format!("Sources/{module}Models/Exports.swift"), "exports_of_models.swift"),
    ];
    files.extend(rendered(own, &context)?);
    Ok(files)
}

/// The enum of a file that has one.
fn enum_in(file: &File) -> Option<&str> {
    file.path.strip_prefix("bindings-swift/Sources/PolywriteEnums/generated/")?.strip_suffix("+Values.swift")
}

/// A file of the facade that is the definition's own, as the package has it; `enums` are those of the definition.
fn own(file: &File, module: &str, enums: &[&str]) -> Option<File> {
    let path = file.path.strip_prefix("bindings-swift/Sources/Polywrite")?;
    let (folder, name) = path.split_once("generated/")?;
    let imports: Vec<String> = match folder {
        "/" if name.ends_with("+Calls.swift") || name.ends_with("+Flows.swift") => vec![
            // What programs take is exported: see `EXPORTS`.
            "@_spi(SDK) import struct Polywrite.JSONText".to_owned(),
            format!("import {module}Enums"),
            format!("import {module}Models"),
        ],
        "Enums/" => vec!["import protocol PolywriteEnums.OpenEnum".to_owned()],
        "Models/" => {
            // The whole module, because models find its ways to decode by nothing less. An enum that it has as well is the
            // definition's own by its name.
            let own = enums.iter().filter(|name| mentions(&file.text, name));
            let own = own.map(|name| format!("import struct {module}Enums.{name}"));
            std::iter::once("@_spi(SDK) import PolywriteModels".to_owned()).chain(own).collect()
        }
        _ => return None,
    };
    let (header, rest) = file.text.split_once('\n')?;
    let is_replaced = |line: &&str| line.starts_with("import Polywrite");
    let mut lines: Vec<String> = vec![header.to_owned(), String::new()];
    lines.extend(imports);
    for line in rest.lines().filter(|line| !is_replaced(line)) {
        let line = line.replace("PolywriteModels.", &format!("{module}Models."));
        lines.push(line.replace("PolywriteEnums.", &format!("{module}Enums.")));
        // The initializer of a service, which is made before its calls.
        if folder == "/" && lines.last().is_some_and(|line| line == "        self.client = client") {
            lines.push("        _ = described".to_owned());
        }
    }
    Some(File::new(format!("Sources/{module}{folder}{name}"), lines.join("\n")))
}
