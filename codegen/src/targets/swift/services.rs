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
struct ParamContext {
    name: String,
    /// The name where it stands before a colon.
    label: String,
    wire: String,
    about: String,
    kind: String,
    /// What follows the type: a mark and a default.
    suffix: &'static str,
    /// How it is written: `member`, `any` or `nullable`; `file` not at all.
    written: &'static str,
}

/// One file per service. `original` has the names that nothing was done to.
pub(super) fn render(api: &Api, original: &Api, templates: &Templates) -> Result<Vec<File>> {
    api.services
        .values()
        .map(|service| {
            let function = original
                .services
                .get(&service.name)
                .map(|service| service.class.clone())
                .filter(|class| taken::FOUNDATION.contains(&class.as_str()));
            let text = templates.render("service.swift", context(api, service, function))?;
            let path = format!("bindings-swift/Sources/Polywrite/generated/{}+Calls.swift", service.class);
            Ok(File::new(path, text))
        })
        .collect()
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
        deprecated: method.deprecated.as_ref().map(|deprecation| {
            let instead = Some(deprecation.replace_with.as_str()).filter(|instead| !instead.is_empty());
            docs::deprecated(deprecation, instead)
        }),
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

fn returned(api: &Api, method: &Method, data: &str) -> String {
    match &method.returns {
        Returns::Model(name) | Returns::Union(name) => types::model(api, name, data),
        Returns::Json => "JSON".into(),
        Returns::Empty => String::new(),
        Returns::Bytes => "Data".into(),
        Returns::Text | Returns::Redirect => "String".into(),
    }
}

fn param_context(api: &Api, param: &Param) -> ParamContext {
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
