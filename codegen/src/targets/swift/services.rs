//! Services: a struct each, whose methods name their operation and pass their parameters on.

use super::{names, taken, types};
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Method, Param, Returns, Service, Type};
use serde::Serialize;

/// Type of the user's data where the caller names none.
pub(super) const DATA: &str = "[String: JSON]";

#[derive(Serialize)]
struct ServiceFile {
    header: String,
    name: String,
    about: String,
    foundation: bool,
    /// The name that a type of Foundation's has, too: there a function makes the service.
    function: Option<String>,
    methods: Vec<MethodContext>,
}

#[derive(Serialize)]
struct MethodContext {
    id: String,
    name: String,
    about: Vec<String>,
    deprecated: Option<String>,
    params: Vec<ParamContext>,
    /// A parameter takes values of any type, which are not to leave the caller's actor.
    isolated: bool,
    /// `model`, `empty`, `text`, `bytes` or `upload`.
    kind: &'static str,
    /// The type of the response; for generic methods with `T`.
    returned: String,
    /// The type of a generic method's answer where the caller names none.
    plain_returned: Option<String>,
    file: String,
}

#[derive(Serialize)]
pub(super) struct ParamContext {
    pub(super) name: String,
    /// The name where it stands before a colon.
    pub(super) label: String,
    pub(super) wire: String,
    pub(super) about: String,
    kind: String,
    /// What follows the type: a mark and a default.
    suffix: &'static str,
    /// How it is written: `member`, `any` or `nullable`; `file` not at all.
    pub(super) written: &'static str,
}

impl ParamContext {
    /// The parameter as a signature has it.
    pub(super) fn declaration(&self) -> String {
        format!("{}: {}{}", self.label, self.kind, self.suffix)
    }
}

/// One file per service, and one for tables with types. `original` has the names that nothing was done to.
pub(super) fn render(api: &Api, original: &Api, templates: &Templates) -> Result<Vec<File>> {
    let table = original.services.contains_key("tablesDB").then(|| {
        let context = serde_json::json!({ "header": header("services/tablesDB.toml") });
        let text = templates.render("table.swift", context)?;
        Ok(File::new("bindings-swift/Sources/Polywrite/generated/TypedTable.swift", text))
    });
    let services = api.services.values().map(|service| {
        let function = original
            .services
            .get(&service.name)
            .map(|service| service.class.clone())
            .filter(|class| taken::FOUNDATION.contains(&class.as_str()));
        let text = templates.render("service.swift", context(api, service, function))?;
        let path = format!("bindings-swift/Sources/Polywrite/generated/{}+Calls.swift", service.class);
        Ok(File::new(path, text))
    });
    services.chain(table).collect()
}

fn context(api: &Api, service: &Service, function: Option<String>) -> ServiceFile {
    let methods: Vec<MethodContext> =
        service.methods.values().map(|method| method_context(api, method)).collect();
    ServiceFile {
        header: header(&format!("services/{}.toml", service.name)),
        name: service.class.clone(),
        about: docs::about(&service.about, &service.available),
        function,
        foundation: methods.iter().any(|method| method.kind == "bytes"),
        methods,
    }
}

fn method_context(api: &Api, method: &Method) -> MethodContext {
    let file = method.upload.as_ref().map(|upload| names::identifier(&upload.file)).unwrap_or_default();
    MethodContext {
        id: method.id.clone(),
        name: names::identifier(&method.name),
        about: about(method),
        deprecated: deprecated(method),
        params: method.arguments().map(|param| param_context(api, param)).collect(),
        isolated: method.arguments().any(|param| types::is_any(&param.kind)),
        kind: match method.returns {
            _ if method.upload.is_some() => "upload",
            Returns::Empty => "empty",
            Returns::Bytes => "bytes",
            Returns::Text | Returns::Redirect => "text",
            Returns::Json | Returns::Model(_) | Returns::Union(_) => "model",
        },
        returned: returned(api, method, "T"),
        plain_returned: method.generic.then(|| returned(api, method, DATA)),
        file,
    }
}

/// Since when a method is deprecated, and what to use instead.
pub(super) fn deprecated(method: &Method) -> Option<String> {
    let deprecation = method.deprecated.as_ref()?;
    let instead = Some(deprecation.replace_with.as_str()).filter(|instead| !instead.is_empty());
    Some(docs::deprecated(deprecation, instead))
}

/// The type of a response; `data` is the type of the user's own data in generic models.
pub(super) fn returned(api: &Api, method: &Method, data: &str) -> String {
    match &method.returns {
        Returns::Model(name) | Returns::Union(name) => types::model(api, name, data),
        Returns::Json => "JSON".into(),
        Returns::Empty => String::new(),
        Returns::Bytes => "Data".into(),
        Returns::Text | Returns::Redirect => "String".into(),
    }
}

pub(super) fn param_context(api: &Api, param: &Param) -> ParamContext {
    ParamContext {
        label: names::label(&param.name),
        name: names::identifier(&param.name),
        wire: param.name.clone(),
        about: docs::about(&param.about, &param.available),
        kind: types::of_parameter(api, param),
        suffix: match (param.required, param.nullable) {
            (true, false) => "",
            (true, true) => "?",
            (false, _) => "? = nil",
        },
        written: match &param.kind {
            Type::File => "file",
            kind if types::is_any(kind) => "any",
            _ if types::is_queries(param) => "member",
            _ if param.nullable => "nullable",
            _ => "member",
        },
    }
}

/// What a reader has to know beside what the method does.
fn about(method: &Method) -> Vec<String> {
    let about = docs::about(&method.about, &method.available);
    std::iter::once(about).chain(docs::scopes(method)).collect()
}
