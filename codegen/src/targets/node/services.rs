//! Services: a class each, whose methods name their operation and pass their arguments on.

use super::taken;
use super::types::{Types, has_own_fields};
use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, BulkKind, BulkWrite, Method, Param, Place, Returns, Service, Type, names};
use serde::Serialize;
use serde_json::{Value, json};

/// How wide a line of code gets.
const WIDTH: usize = 120;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let types = Types { api, models: "Models.", enums: "enums." };
    let mut files = Vec::new();
    let mut index = Vec::new();
    for service in api.services.values() {
        let methods: Vec<View> = service.methods.values().map(|method| View::of(&types, method)).collect();
        let uses = |text: &str| methods.iter().any(|method| method.uses(text));
        let module = names::snake(&service.name).replace('_', "-");
        let text = templates.render(
            "service.ts",
            json!({
                "header": header(&format!("services/{}.toml", service.name)),
                "comment": docs::comment(&[about(service)], 0),
                "class": service.class,
                "methods": methods,
                "bulk": api.bulk.writes(service).iter().map(|write| bulk(api, service, write)).collect::<Vec<_>>(),
                "begins": api.transactions.has(service).then(|| format!("{}.{}", service.name, api.transactions.begin)),
                "transaction_comment": docs::comment(&TRANSACTION.map(str::to_owned), 4),
                "uses_models": uses("Models."),
                "uses_enums": uses("enums."),
                "uses_files": methods.iter().any(|method| method.call == "upload"),
                "uses_bytes": methods.iter().any(|method| method.call == "bytes"),
                "uses_upload": methods.iter().any(|method| method.call == "upload"),
            }),
        )?;
        files.push(File::new(format!("{FOLDER}/services/{module}.ts"), text));
        index.push(json!({ "class": service.class, "module": module }));
    }
    let text =
        templates.render("services_index.ts", json!({ "header": header("services"), "services": index }))?;
    files.push(File::new(format!("{FOLDER}/services/index.ts"), text));
    Ok(files)
}

const TRANSACTION: [&str; 3] = [
    "Does work with a service whose calls all belong to a transaction, commits, and returns what the work returned. When \
     the work throws, nothing is written.",
    "When somebody else has changed a row that the work changed, or the transaction's time is over, the work is done again \
     from its beginning, after a short wait: so it must be able to run twice.",
    "Await every call within the work. Reads see rows that were staged before, but not increments. The service refuses \
     calls that cannot take part in a transaction, and whatever comes after 100 writes.",
];

/// A bulk write, which takes its rows from an iterable.
fn bulk(api: &Api, service: &Service, write: &BulkWrite) -> Value {
    let argument = |name: &str, kind: &str, about: &str, optional: bool| {
        json!({ "name": name, "kind": kind, "comment": docs::comment(&[about.to_owned()], 12), "optional": optional })
    };
    let kind = |item: &str| format!("Iterable<{item}> | AsyncIterable<{item}>");
    let mut arguments = Vec::new();
    for param in write.method.arguments() {
        let is_change = write.kind == BulkKind::Update && param.kind == Type::Object;
        if param.place == Place::Path || is_change {
            arguments.push(argument(&param.name, if is_change { "object" } else { "string" }, &param.about, false));
        }
    }
    let rows = match write.kind {
        BulkKind::Create | BulkKind::Upsert => write.parameter(),
        BulkKind::Update | BulkKind::Delete => "ids",
    };
    arguments.push(match rows {
        "ids" => argument(rows, &kind("string"), "IDs of what is written.", false),
        rows => argument(rows, &kind("object"), "What is written, each with its own `$id` or without.", false),
    });
    let transaction = &api.transactions.parameter;
    arguments.push(argument(transaction, "string", "Stages the writes in a transaction.", true));
    json!({
        "name": write.name(), "rows": rows, "arguments": arguments, "operation": write.method.id,
        "id": format!("{}.{}", service.name, write.name()),
        "comment": docs::comment(&[crate::docs::bulk(write), docs::scopes(write.method).unwrap_or_default()], 4),
    })
}

fn about(service: &Service) -> String {
    docs::about(&service.about, &service.available)
}

#[derive(Serialize)]
struct View {
    name: String,
    comment: String,
    generics: String,
    arguments: Vec<Argument>,
    /// No argument has to be given.
    all_optional: bool,
    returns: String,
    /// The method of `Service` that makes the call.
    call: &'static str,
    /// The arguments of that method.
    passed: String,
}

#[derive(Serialize)]
struct Argument {
    name: String,
    comment: String,
    optional: bool,
    /// Nothing that is required comes after it, so a positional call may end before it.
    trailing: bool,
    kind: String,
}

impl View {
    fn of(types: &Types<'_>, method: &Method) -> Self {
        let mut params: Vec<&Param> = method.arguments().collect();
        // The positional order is that of Appwrite's own SDK; what it lacks comes after what it has.
        let version = &types.api.client.response_format.self_hosted;
        let is_known = method.available.in_self_hosted_sdk(version);
        let is_new = |param: &Param| is_known && !param.available.in_self_hosted_sdk(version);
        params.sort_by_key(|param| is_new(param));
        let open = match &method.returns {
            Returns::Model(name) if method.generic => types.open_model(name),
            _ => None,
        };
        let mut arguments: Vec<Argument> =
            params.iter().map(|param| Argument::of(types, method, param, open)).collect();
        if method.upload.is_some() {
            // There it is the last one.
            let place = params.iter().filter(|param| !is_new(param)).count();
            arguments.insert(place, Argument::progress());
        }
        let mut trailing = true;
        for argument in arguments.iter_mut().rev() {
            trailing &= argument.optional;
            argument.trailing = trailing;
        }
        let call = call(method);
        let about = docs::about(&method.about, &method.available);
        let tag = docs::deprecated(method.deprecated.as_ref(), method.alias_of.as_deref(), &method.service);
        Self {
            name: taken::method(&method.name),
            comment: docs::comment(&[about, docs::scopes(method).unwrap_or_default(), tag], 4),
            generics: types.generics(open),
            all_optional: params.iter().all(|param| !param.required),
            returns: returns(types, &method.returns, open),
            passed: passed(method, &params, call, &arguments),
            arguments,
            call,
        }
    }

    fn uses(&self, text: &str) -> bool {
        self.returns.contains(text)
            || self.generics.contains(text)
            || self.arguments.iter().any(|argument| argument.kind.contains(text))
    }
}

impl Argument {
    fn progress() -> Self {
        Self {
            name: taken::LISTENER.to_owned(),
            comment: docs::comment(
                &["Told each time the server has taken a part of the file.".to_owned()],
                12,
            ),
            optional: true,
            trailing: true,
            kind: "(progress: UploadProgress) => void".to_owned(),
        }
    }

    fn of(types: &Types<'_>, method: &Method, param: &Param, open: Option<&str>) -> Self {
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

fn call(method: &Method) -> &'static str {
    match &method.returns {
        _ if method.upload.is_some() => "upload",
        Returns::Bytes => "bytes",
        Returns::Text | Returns::Redirect => "say",
        Returns::Model(_) | Returns::Union(_) | Returns::Json | Returns::Empty => "run",
    }
}

fn returns(types: &Types<'_>, returns: &Returns, open: Option<&str>) -> String {
    match returns {
        Returns::Model(name) => types.of(&Type::Model(name.clone()), open),
        Returns::Union(name) => types.of(&Type::Union(name.clone()), None),
        Returns::Json => "any".to_owned(),
        Returns::Empty => "{}".to_owned(),
        Returns::Bytes => "ArrayBuffer".to_owned(),
        Returns::Text | Returns::Redirect => "string".to_owned(),
    }
}

/// `"users.get", args, ["userId"]` and what else the call has to know.
fn passed(method: &Method, params: &[&Param], call: &str, arguments: &[Argument]) -> String {
    let mut parts = vec![format!("{:?}", method.id), "args".to_owned()];
    let quoted: Vec<String> = arguments.iter().map(|argument| format!("{:?}", argument.name)).collect();
    let line = quoted.join(", ");
    // What stands around the names: `        return this.bytes("…", args, […], {…});`
    let around = 40 + method.id.len() + call.len();
    parts.push(if line.len() + around <= WIDTH {
        format!("[{line}]")
    } else {
        let lines: Vec<String> = crate::docs::wrap(&format!("{line},"), WIDTH - 13)
            .iter()
            .map(|line| format!("            {line}\n"))
            .collect();
        format!("[\n{}        ]", lines.concat())
    });
    if let Some(file) = method.upload.as_ref().and_then(|upload| method.params.get(&upload.file)) {
        parts.push(format!("{:?}", taken::argument(method, file)));
    }
    parts.extend(signature(method, params));
    parts.join(", ")
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
