//! What stands above single calls: whole lists, waits, bulk writes and transactions.

use super::names;
use super::services::{DATA, ParamContext, deprecated, param_context, returned};
use super::types;
use crate::docs;
use crate::flow_options::{self, FlowOption};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, BulkWrite, Method, Returns, Service, Type, Wait};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Function {
    name: String,
    about: Vec<String>,
    /// What is said of parameters: label and text.
    entries: Vec<(String, String)>,
    deprecated: Option<String>,
    parameters: Vec<String>,
    /// What follows the parameters.
    result: String,
    /// The call of the function that does it; it ends with a closure that writes the parameters.
    call: String,
    written: Vec<String>,
}

/// A file per service that has any of it.
pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for service in api.services.values() {
        let mut functions: Vec<Function> =
            service.methods.values().flat_map(|method| iterations(api, method)).collect();
        functions.extend(docs::waits_of(api, service).map(|(wait, read)| waiting(api, wait, read)));
        let writes = api.bulk.writes(service);
        functions.extend(
            writes.iter().flat_map(|write| ["", "Async"].map(|kind| bulk(api, service, write, kind))),
        );
        let begins = api.transactions.begins(service);
        if functions.is_empty() && begins.is_none() {
            continue;
        }
        let context = json!({
            "header": header(&format!("services/{}.toml", service.name)), "name": service.class,
            "functions": functions, "begins": begins,
        });
        let path = format!("bindings-swift/Sources/Polywrite/generated/{}+Flows.swift", service.class);
        files.push(File::new(path, templates.render("flows.swift", context)?));
    }
    Ok(files)
}

/// `iterateRows` beside `listRows`; where rows have the caller's type, once more for rows without one.
fn iterations(api: &Api, method: &Method) -> Vec<Function> {
    if method.generic {
        [DATA, "T"].iter().filter_map(|data| iteration(api, method, data)).collect()
    } else {
        iteration(api, method, "").into_iter().collect()
    }
}

fn iteration(api: &Api, method: &Method, data: &str) -> Option<Function> {
    let list = method.list.as_ref()?;
    let Returns::Model(page) = &method.returns else { return None };
    let Type::Array(item) = &api.models.get(page)?.fields.get(&list.items)?.kind else { return None };
    let params: Vec<ParamContext> = method.arguments().map(|param| param_context(api, param)).collect();
    let mut function = Function::new(
        docs::iteration(&method.name),
        docs::about(&docs::of_iteration(api, method), &method.available),
        method,
        &params,
    );
    function.option("pageSize: Int? = nil", &flow_options::of_lists(api));
    if data == "T" {
        function.name.push_str("<T: Codable & Sendable>");
        function.parameters.push("nestedType: T.Type = T.self".to_owned());
    }
    let item = types::of(api, item, data);
    function.result = format!("-> Items<{}, {item}>", returned(api, method, data));
    let items = names::identifier(&list.items);
    function.call = format!("self.items(of: {}, pageSize, \\.{items})", types::quoted(&method.id));
    Some(function)
}

/// `waitForColumn`
fn waiting(api: &Api, wait: &Wait, read: &Method) -> Function {
    let required = read.arguments().filter(|param| param.required);
    let params: Vec<ParamContext> = required.map(|param| param_context(api, param)).collect();
    let about = docs::about(&docs::of_wait(api, wait), &read.available);
    let mut function = Function::new(wait.name.clone(), about, read, &params);
    let options = flow_options::of_waits(docs::time_limit(api, wait));
    function.option("timeout: Duration? = nil", &options);
    function.option("onStatus: (@Sendable (String) -> Void)? = nil", &options);
    function.result = format!("async throws -> {}", returned(api, read, ""));
    let (id, read) = (types::quoted(&wait.id), types::quoted(&read.id));
    function.call = format!("try await self.ready({id}, by: {read}, timeout, onStatus)");
    function
}

/// `bulkCreateRows`, from a `Sequence` or, with `kind` before it, an `AsyncSequence`.
fn bulk(api: &Api, service: &Service, write: &BulkWrite, kind: &str) -> Function {
    let mut params: Vec<ParamContext> = write.arguments().map(|param| param_context(api, param)).collect();
    let mut function = Function::new(write.name(), docs::bulk(write), write.method, &params);
    let rows = write.rows();
    function.parameter(&format!("{rows}: Rows"), docs::bulk_rows(write).to_owned());
    let options = flow_options::of_bulk(api);
    if let Some(param) = write.method.params.get(&api.transactions.parameter) {
        let param = param_context(api, param);
        function.option(&param.declaration(), &options);
        params.push(param);
    }
    function.option("limit: Int? = nil", &options);
    function.option("concurrency: Int? = nil", &options);
    function.option("stopOnError: Bool = false", &options);
    function.parameter(
        "isolation: isolated (any Actor)? = #isolation",
        format!("The caller's; {rows} never leave it."),
    );
    function.option("onProgress: ((BulkProgress) -> Void)? = nil", &options);
    let takes = if write.takes_ids() { " where Rows.Element == String" } else { "" };
    function.name.push_str(&format!("<Rows: {kind}Sequence>"));
    function.result = format!("async throws -> BulkReport{takes}");
    let id = format!("{}.{}", service.name, write.name());
    function.call = format!(
        "try await self.bulk(\n            {}, by: {}, {rows},\n            (limit, concurrency, stopOnError), onProgress\n        )",
        types::quoted(&id),
        types::quoted(&write.method.id)
    );
    function.written = params.iter().map(member).collect();
    function
}

impl Function {
    /// A function that takes these parameters, which it writes, and then others.
    fn new(name: String, about: String, method: &Method, params: &[ParamContext]) -> Self {
        Self {
            name: names::identifier(&name),
            about: std::iter::once(about).chain(docs::scopes(method)).collect(),
            entries: params.iter().map(|param| (param.label.clone(), param.about.clone())).collect(),
            deprecated: deprecated(method),
            parameters: params.iter().map(ParamContext::declaration).collect(),
            result: String::new(),
            call: String::new(),
            written: params.iter().map(member).collect(),
        }
    }

    /// Takes one of these options as a parameter.
    fn option(&mut self, declaration: &str, options: &[FlowOption]) {
        let name = declaration.split(':').next().unwrap_or_default();
        self.parameter(declaration, flow_options::sentences(options, name, ""));
    }

    /// Takes one more parameter.
    fn parameter(&mut self, declaration: &str, about: String) {
        let label = declaration.split(':').next().unwrap_or_default();
        self.entries.push((label.to_owned(), about));
        self.parameters.push(declaration.to_owned());
    }
}

/// The statement that writes a parameter, in a closure.
fn member(param: &ParamContext) -> String {
    match param.written {
        "any" => format!("try $0.member({}, any: {})", types::quoted(&param.wire), param.name),
        written => format!("try $0.{written}({}, {})", types::quoted(&param.wire), param.name),
    }
}
