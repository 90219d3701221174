//! Two modules for each service: one whose methods wait, one whose methods are awaited.

use super::function::{Function, MODEL_TYPE, argument, by_wire_name, class, deprecated, entries, options};
use super::taken;
use super::text::{docstring, listed, listed_signature, literal};
use super::{FOLDER, bulk, flows, index};
use crate::docs;
use crate::target::{File, header};
use crate::templates::{Templates, mentions};
use anyhow::{Result, ensure};
use polywrite_api::{Api, Method, Returns, Service, names};
use serde_json::json;
use std::collections::HashSet;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for asynchronous in [false, true] {
        let package = if asynchronous { "services/aio" } else { "services" };
        let mut list = Vec::new();
        for service in api.services.values() {
            let module = taken::module(&service.name);
            let text = render_service(api, service, asynchronous, templates)?;
            files.push(File::new(format!("{FOLDER}/{package}/{module}.py"), text));
            list.push((class(service, asynchronous), module));
        }
        let about =
            if asynchronous { "The services of an `AsyncClient`." } else { "The services of a `Client`." };
        files.push(index::render(templates, package, "services", about, &list)?);
    }
    Ok(files)
}

/// The methods of a service. Old spellings that differ in capitals only are the same name in Python.
pub(super) fn methods(service: &Service) -> impl Iterator<Item = &Method> {
    service.methods.values().filter(|method| {
        let spelling = names::snake(&method.name);
        method.alias_of.as_deref().is_none_or(|of| {
            let of = of.rsplit('.').next().unwrap_or(of);
            names::snake(of) != spelling
        })
    })
}

/// The name of a method in Python.
pub(super) fn name(method: &Method) -> String {
    taken::function(&method.name)
}

/// The method beside one that answers bytes, which answers a download: `get_file_view` → `stream_file_view`.
pub(super) fn stream_name(method: &Method) -> String {
    let name = name(method);
    format!("stream_{}", name.strip_prefix("get_").unwrap_or(&name))
}

fn render_service(api: &Api, service: &Service, asynchronous: bool, templates: &Templates) -> Result<String> {
    let mut functions = Vec::new();
    for method in methods(service) {
        functions.push(Function::of(api, method, asynchronous, false));
        if method.returns == Returns::Bytes {
            functions.push(Function::of(api, method, asynchronous, true));
        }
        functions.extend(flows::iteration(api, method, asynchronous));
    }
    for write in api.bulk.writes(service) {
        functions.push(bulk::write(api, service, &write, asynchronous));
    }
    functions
        .extend(docs::waits_of(api, service).map(|(wait, read)| flows::wait(api, wait, read, asynchronous)));
    let unique: HashSet<&str> = functions.iter().map(|function| function.name.as_str()).collect();
    ensure!(unique.len() == functions.len(), "{} has two methods of the same name in Python", service.name);
    let bulk = match (api.bulk.writes(service).is_empty(), asynchronous) {
        (true, _) => Vec::new(),
        (false, false) => vec!["BulkProgress", "BulkReport", "write"],
        (false, true) => vec!["BulkProgress", "BulkReport", "write_async"],
    };
    let begins = api.transactions.begins(service);
    let (module, base) = match (begins.is_some(), asynchronous) {
        (false, false) => ("service", "Service"),
        (false, true) => ("service", "AsyncService"),
        (true, false) => ("_transaction", "TransactionService"),
        (true, true) => ("_transaction", "AsyncTransactionService"),
    };
    let begins = begins.map(|id| literal(&id));
    let streamed = methods(service).filter(|method| method.returns == Returns::Bytes);
    let context = json!({
        "class": class(service, asynchronous), "base": base, "functions": functions, "begins": begins,
        "raw": methods(service).map(name).collect::<Vec<_>>(), "asynchronous": asynchronous,
        "streams": streamed.map(stream_name).collect::<Vec<_>>(),
        "about": docstring(&[docs::about(&service.about, &service.available)], 4),
    });
    let body = templates.render("service.py", context)?;
    let mentioned = |words: &[&'static str]| -> Vec<&'static str> {
        words.iter().copied().filter(|word| mentions(&body, word)).collect()
    };
    let packages =
        [("_types", true), ("enums", body.contains("enums.")), ("models", body.contains("models."))];
    let packages: Vec<_> = packages.into_iter().filter(|(_, used)| *used).map(|(name, _)| name).collect();
    let context = json!({
        "header": header(&format!("services/{}.toml", service.name)),
        "dot": if asynchronous { "." } else { "" },
        "collections": mentioned(&["AsyncIterable", "Callable", "Iterable", "Mapping", "Sequence"]),
        "bulk": bulk, "module": module,
        "typing": mentioned(&["Any"]),
        "packages": packages, "model": mentioned(&["DICT", "T"]), "deprecated": body.contains("@deprecated"),
        "base": base, "body": body,
    });
    templates.render("service_module.py", context)
}

impl Function {
    fn of(api: &Api, method: &Method, asynchronous: bool, streamed: bool) -> Self {
        let returned = Returned::of(method, asynchronous, streamed);
        let name = if streamed { stream_name(method) } else { name(method) };
        let define = if asynchronous && !streamed { "async def" } else { "def" };
        let opening = format!("    {define} {name}(");
        Self {
            signature: signature(api, method, &returned.kind, &opening),
            define,
            deprecated: deprecated(api, method, asynchronous),
            about: docstring(&paragraphs(method, streamed), 8),
            body: returned.body,
            name,
        }
    }
}

fn signature(api: &Api, method: &Method, returned: &str, opening: &str) -> String {
    let mut items = vec!["self".to_owned()];
    items.extend(method.arguments().map(argument));
    if method.upload.is_some() {
        items.push("on_progress: Callable[[dict[str, Any]], Any] | None = None".to_owned());
    }
    if method.generic {
        items.push("model_type: type[T] = DICT".to_owned());
    }
    items.push(options(api, method));
    let closing = format!(") -> {returned}:");
    listed_signature(opening, &items, &closing)
}

/// What a method returns and the statements that do so.
struct Returned {
    kind: String,
    body: Vec<String>,
}

impl Returned {
    fn of(method: &Method, asynchronous: bool, streamed: bool) -> Self {
        let file = method.upload.as_ref().map(|upload| upload.file.as_str());
        let params = by_wire_name(method.arguments().filter(|param| Some(param.name.as_str()) != file));
        let wait = if asynchronous { "await " } else { "" };
        let id = literal(&method.id);
        let mut body = Vec::new();
        if method.generic {
            body.push("self._check(model_type)".to_owned());
        }
        let given = if params.is_empty() {
            "{}"
        } else {
            body.push(listed("params = {", &params, "}", 8));
            "params"
        };
        let call = match file {
            Some(file) => {
                let file = taken::argument(file);
                format!("{wait}self._upload({id}, {given}, {file}, on_progress, options)")
            }
            None => format!("{wait}self._execute({id}, {given}, options)"),
        };
        let model_type = if method.generic { ", model_type" } else { "" };
        let (kind, last) = match &method.returns {
            _ if streamed => {
                let kind = if asynchronous { "_types.AsyncDownload" } else { "_types.Download" };
                (kind.to_owned(), format!("return self._download({id}, {given}, options)"))
            }
            Returns::Bytes => {
                ("bytes".to_owned(), format!("return {wait}self._download({id}, {given}, options).read()"))
            }
            Returns::Model(name) => {
                let kind =
                    if method.generic { format!("models.{name}[T]") } else { format!("models.{name}") };
                (kind, returned(&format!("models.{name}._of("), &format!("{call}{model_type}")))
            }
            Returns::Union(name) => {
                (format!("models.{name}"), returned(&format!("one_of({}, ", literal(name)), &call))
            }
            Returns::Empty => {
                body.push(call);
                ("dict[str, Any]".to_owned(), "return {}".to_owned())
            }
            Returns::Json => ("Any".to_owned(), format!("return {call}")),
            Returns::Text | Returns::Redirect => ("str".to_owned(), format!("return {call}")),
        };
        body.push(last);
        Self { kind, body }
    }
}

fn returned(opening: &str, call: &str) -> String {
    let line = format!("return {opening}{call})");
    if 8 + line.chars().count() <= super::text::WIDTH {
        return line;
    }
    format!("return {opening}\n            {call}\n        )")
}

fn paragraphs(method: &Method, streamed: bool) -> Vec<String> {
    let mut paragraphs = vec![docs::about(&method.about, &method.available)];
    if streamed {
        paragraphs
            .push("Returns a download: iterate over it, `read()` it or `save()` it to a file.".to_owned());
    } else if method.returns == Returns::Bytes {
        paragraphs.push(format!("For much data see `{}`.", stream_name(method)));
    }
    let mut entries = entries(method.arguments());
    if method.upload.is_some() {
        entries.push("    on_progress: Called each time the server has taken a part of the file.".to_owned());
    }
    if method.generic {
        entries.push(MODEL_TYPE.to_owned());
    }
    if !entries.is_empty() {
        paragraphs.push(format!("Args:\n{}", entries.join("\n")));
    }
    paragraphs.extend(docs::scopes(method));
    paragraphs
}
