//! The arguments of methods: how they are declared, and how they are passed on.

use super::types::{Types, has_own_fields};
use super::{docs, taken};
use polywrite_api::{Method, Param, Place, Returns, Type};
use serde::Serialize;

/// How wide a line of code gets.
const WIDTH: usize = 120;

#[derive(Serialize)]
pub(super) struct Argument {
    name: String,
    comment: String,
    pub(super) optional: bool,
    /// Nothing that is required comes after it, so a positional call may end before it.
    pub(super) trailing: bool,
    pub(super) kind: String,
}

impl Argument {
    pub(super) fn progress() -> Self {
        Self {
            name: taken::LISTENER.to_owned(),
            comment: docs::comment(
                &["Called each time the server has taken a part of the file.".to_owned()],
                12,
            ),
            optional: true,
            trailing: true,
            kind: "(progress: UploadProgress) => void".to_owned(),
        }
    }

    pub(super) fn of(types: &Types<'_>, method: &Method, param: &Param, open: Option<&str>) -> Self {
        let kind = match (&param.kind, open) {
            (Type::Object, Some(open)) if is_row(types, method, open) => {
                format!("Models.{open}{}<{open}>", if param.required { "Data" } else { "Changes" })
            }
            (Type::Object, _) => "object".to_owned(),
            (Type::Array(inner), _) if **inner == Type::Object => "object[]".to_owned(),
            (kind, _) => types.either(kind, param.self_hosted_kind.as_ref(), None),
        };
        let about = docs::about(&param.about, &param.available);
        Self {
            name: taken::argument(method, param),
            comment: docs::comment(&[about], 12),
            // What may be null counts as optional in the declarations of Appwrite's own SDK, although its calls are
            // refused without it as well.
            optional: !param.required || param.nullable,
            trailing: false,
            kind: if param.nullable { format!("{kind} | null") } else { kind },
        }
    }
}

/// Whether a call answers with one row that its object parameter described.
fn is_row(types: &Types<'_>, method: &Method, open: &str) -> bool {
    method.returns == Returns::Model(open.to_owned())
        && types.api.models.get(open).is_some_and(has_own_fields)
}

/// `"users.get", args, ["userId"]` and what else the call has to know; `ids` come first.
pub(super) fn passed(
    ids: &[&String],
    method: &Method,
    params: &[&Param],
    call: &str,
    arguments: &[Argument],
) -> String {
    let mut parts: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
    parts.push("args".to_owned());
    let names: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
    // What stands around the names: `        return this.bytes("…", args, […], {…});`
    parts.push(list(&names, 40 + ids.iter().map(|id| id.len()).sum::<usize>() + call.len()));
    if let Some(file) = method.upload.as_ref().and_then(|upload| method.params.get(&upload.file)) {
        parts.push(format!("{:?}", taken::argument(method, file)));
    }
    parts.extend(signature(method, params));
    parts.join(", ")
}

/// A list of names, on lines of its own where `around` more letters leave no room for it on one.
pub(super) fn list(names: &[&str], around: usize) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let line = quoted.join(", ");
    if line.len() + around <= WIDTH {
        return format!("[{line}]");
    }
    let lines: Vec<String> = crate::docs::wrap(&format!("{line},"), WIDTH - 13)
        .iter()
        .map(|line| format!("            {line}\n"))
        .collect();
    format!("[\n{}        ]", lines.concat())
}

/// What the names alone do not say; see `Signature` in ts/arguments.ts.
fn signature(method: &Method, params: &[&Param]) -> Option<String> {
    let mut entries = Vec::new();
    let nullable: Vec<String> = params
        .iter()
        .filter(|param| param.nullable)
        .map(|param| format!("{:?}", taken::argument(method, param)))
        .collect();
    if !nullable.is_empty() {
        entries.push(format!("nullable: [{}]", nullable.join(", ")));
    }
    let wire: Vec<String> = params
        .iter()
        .map(|param| (taken::argument(method, param), &param.name))
        .filter(|(name, wire)| name != *wire)
        .map(|(name, wire)| format!("{name}: {wire:?}"))
        .collect();
    if !wire.is_empty() {
        entries.push(format!("wire: {{ {} }}", wire.join(", ")));
    }
    let is_object = |param: &&Param| {
        matches!(param.kind, Type::Object | Type::Any | Type::File | Type::Model(_) | Type::Union(_))
            && param.place != Place::Path
    };
    if params.first().is_some_and(is_object) {
        entries.push("takesObject: true".to_owned());
    }
    (!entries.is_empty()).then(|| format!("{{ {} }}", entries.join(", ")))
}
