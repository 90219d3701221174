//! The npm package: JavaScript and declarations over `polywrite`.

use super::rows::{self, Names};
use super::{Package, rendered};
use crate::{File, docs, targets};
use anyhow::{Context, Result};
use polywrite_api::{Api, names};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Where the facade of the repository has its files.
const FOLDER: &str = "bindings-node/ts/generated/";

/// What programs take from `polywrite` under the same name, as values and as types.
const VALUES: [&str; 12] = [
    "AppwriteException",
    "Channel",
    "ID",
    "InputFile",
    "Operator",
    "Permission",
    "Query",
    "Realtime",
    "Role",
    "Topic",
    "UploadSession",
    "Webhook",
];
const TYPES: [&str; 30] = [
    "Attempt",
    "BulkFailure",
    "BulkOptions",
    "BulkProgress",
    "BulkReport",
    "CallEvent",
    "CallOptions",
    "CallPromise",
    "ClientSettings",
    "DownloadOptions",
    "DownloadProgress",
    "DownloadStream",
    "FileSource",
    "Hooks",
    "List",
    "Logger",
    "LogLevel",
    "RateLimit",
    "RealtimeEvent",
    "RealtimeMessage",
    "ResponseInfo",
    "RetrySettings",
    "SaveOptions",
    "StreamOptions",
    "Subscription",
    "TransactionOptions",
    "UploadProgress",
    "WaitOptions",
    "WebhookEvent",
    "WithResponse",
];

pub(super) fn files(api: &Api, package: &Package) -> Result<Vec<File>> {
    let names = Names::of(api, &package.name);
    let facade = Facade::of(&names.put_into(api))?;
    let mut files = Vec::new();
    let mut services = Vec::new();
    for (service, class) in facade.services()? {
        let text = facade.text(&format!("services/{service}.ts"))?;
        let of = api.services.values().find(|it| names::snake(&it.name).replace('_', "-") == service);
        let rows = of.map(|of| rows::of(api, of, &names)).unwrap_or_default();
        let rows = serde_json::to_string_pretty(&rows)?;
        files.push(File::new(format!("services/{service}.d.ts"), declared(text)));
        files.push(File::new(format!("services/{service}.js"), code(text, &class, &rows)));
        services.push(json!({ "module": service, "class": class }));
    }
    let enums = facade.text("enums.ts")?;
    files.push(File::new("enums.d.ts", declared_enums(enums)));
    files.push(File::new("enums.js", code_of_enums(enums)));
    for (path, text) in &facade.0 {
        if let Some(model) = path.strip_prefix("models/").and_then(|model| model.strip_suffix(".ts")) {
            files.push(File::new(format!("models/{model}.d.ts"), text));
        }
    }
    let classes = services.iter().filter_map(|it| it["class"].as_str());
    let own: Vec<&str> = classes.chain(api.enums.keys().map(String::as_str)).collect();
    let theirs = |all: &[&str]| -> Vec<String> {
        all.iter().filter(|name| !own.contains(name)).map(|name| (*name).to_owned()).collect()
    };
    let exceptions = facade.text("exceptions.ts")?.lines();
    let exceptions = exceptions.filter_map(|line| line.strip_prefix("export class ")?.split(' ').next());
    let values: Vec<&str> = VALUES.into_iter().chain(exceptions).collect();
    let context = json!({
        "name": package.name, "version": package.version, "needs": env!("CARGO_PKG_VERSION"),
        "home": names.home(), "endpoint": api.client.default_endpoint, "variables": super::variables(api), "services": services,
        "enums": api.enums.keys().collect::<Vec<_>>(), "values": theirs(&values), "types": theirs(&TYPES),
        "secrets": tables_of_secrets(facade.text("secrets.ts")?), "example": example(api),
    });
    let own = [
        ("index.js", "index.js"),
        ("index.d.ts", "index.d.ts"),
        ("package.json", "package.json"),
        ("README.md", "node.md"),
    ];
    files.extend(rendered(own, &context)?);
    Ok(files)
}

/// A service for the README.
fn example(api: &Api) -> Value {
    let service = api.services.values().next();
    json!(service.map(|service| json!({
        "class": service.class, "about": docs::about(&service.about, &service.available),
    })))
}

/// The facade as the repository would have it, by path below its folder: TypeScript, of which this makes JavaScript and
/// declarations, so that a package needs no compiler.
struct Facade(HashMap<String, String>);

impl Facade {
    fn of(api: &Api) -> Result<Self> {
        let node = targets::named(&["node".to_owned()])?;
        let mut texts = HashMap::new();
        for file in node[0].render(api)? {
            if let Some(path) = file.path.strip_prefix(FOLDER) {
                texts.insert(path.to_owned(), file.text);
            }
        }
        Ok(Self(texts))
    }

    fn text(&self, path: &str) -> Result<&str> {
        self.0.get(path).map(String::as_str).with_context(|| format!("{path} is not rendered"))
    }

    /// The modules and classes of the services.
    fn services(&self) -> Result<Vec<(String, String)>> {
        let line = |line: &str| {
            let (class, module) = line.strip_prefix("export { ")?.split_once(" } from \"./")?;
            Some((module.trim_end_matches("\";").to_owned(), class.to_owned()))
        };
        Ok(self.text("services/index.ts")?.lines().filter_map(line).collect())
    }
}

/// What implements the overloads of a method takes its arguments so.
const ARGUMENTS: &str = "(...args: any[])";

/// Whether a line of a class begins a method that has a body.
fn begins(line: &str) -> bool {
    line.starts_with("    ") && !line.starts_with("     ") && line.ends_with(" {") && line.contains('(')
}

/// The declarations of a service: its signatures, and imports from `polywrite` of what the package lacks.
fn declared(facade: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_in_body = false;
    for line in facade.lines() {
        if is_in_body {
            is_in_body = line != "    }";
        } else if begins(line) {
            is_in_body = true;
            // What implements no overloads is a signature itself.
            if !line.contains(ARGUMENTS) {
                lines.push(format!("{};", line.trim_end_matches(" {")));
            }
        } else if line.starts_with("import ") {
            lines.push(imported(line));
        } else {
            lines.push(line.replacen("export class ", "export declare class ", 1));
        }
    }
    lines.join("\n")
}

fn imported(line: &str) -> String {
    match line.split_once(" from \"../../") {
        Some((names, "service\";")) => format!("{names} from \"polywrite/sdk\";"),
        Some((names, _)) => format!("{names} from \"polywrite\";"),
        None => line.to_owned(),
    }
}

/// The code of a service, and its operations.
fn code(facade: &str, class: &str, rows: &str) -> String {
    let mut lines = vec![
        "\"use strict\";".to_owned(),
        "const { Service, describe } = require(\"polywrite/sdk\");".to_owned(),
        String::new(),
        format!("class {class} extends Service {{"),
    ];
    let mut is_in_body = false;
    for line in facade.lines() {
        if is_in_body {
            lines.push(line.to_owned());
            is_in_body = line != "    }";
        } else if begins(line) {
            is_in_body = true;
            let name = line.trim_start().split(['(', '<']).next().unwrap_or_default();
            let arguments = if line.contains(ARGUMENTS) { "...args" } else { "work, options" };
            lines.push(format!("    {name}({arguments}) {{"));
        }
    }
    lines.push("}".to_owned());
    lines.push(format!("exports.{class} = {class};\n\ndescribe({rows});"));
    lines.join("\n")
}

/// The declarations of enums: their values as constants, their types as they are.
fn declared_enums(enums: &str) -> String {
    let mut is_value = false;
    let line = |line: &str| {
        if let Some(name) = line.strip_prefix("export const ").and_then(|rest| rest.strip_suffix(" = {")) {
            is_value = true;
            return format!("export declare const {name}: {{");
        }
        if line == "} as const;" {
            is_value = false;
            return "};".to_owned();
        }
        let member = line.strip_suffix(',').filter(|_| is_value && !is_comment(line));
        member.map_or_else(|| line.to_owned(), |member| format!("    readonly {};", member.trim_start()))
    };
    enums.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['/', '*'])
}

fn code_of_enums(enums: &str) -> String {
    let mut lines = vec!["\"use strict\";".to_owned()];
    let mut is_value = false;
    for line in enums.lines() {
        if let Some(start) = line.strip_prefix("export const ") {
            is_value = true;
            lines.push(format!("exports.{start}"));
        } else if line == "} as const;" {
            is_value = false;
            lines.push("};".to_owned());
        } else if is_value {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n")
}

/// What nothing prints: of models, and of operations by the models that they respond with.
fn tables_of_secrets(secrets: &str) -> [String; 2] {
    ["secretModels", "secretResponses"].map(|name| {
        let table = secrets.split_once(&format!("export const {name} ")).map_or("", |(_, rest)| rest);
        let table = table.split_once("=> ({").map_or("", |(_, rest)| rest);
        format!("{{{}}}", table.split_once("});").map_or("", |(body, _)| body))
    })
}
