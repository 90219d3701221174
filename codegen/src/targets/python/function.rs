//! What all functions of a service's module have in common.

use super::options::type_of;
use super::taken;
use super::text::{literal, parameter};
use crate::docs;
use crate::flow_options::FlowOption;
use polywrite_api::{Api, Method, Param, Service, names};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Function {
    pub(super) name: String,
    /// `async def` or `def`.
    pub(super) define: &'static str,
    pub(super) deprecated: Option<String>,
    /// The whole signature behind the name.
    pub(super) signature: String,
    pub(super) about: String,
    /// The statements.
    pub(super) body: Vec<String>,
}

/// The class of a service.
pub(super) fn class(service: &Service, asynchronous: bool) -> String {
    if asynchronous { format!("Async{}", service.class) } else { service.class.clone() }
}

/// Since when a method is deprecated, and what to use instead, as a literal.
pub(super) fn deprecated(api: &Api, method: &Method, asynchronous: bool) -> Option<String> {
    let deprecated = method.deprecated.as_ref()?;
    let instead = deprecated.replace_with.split_once('.');
    let found = instead.and_then(|(service, method)| Some((api.services.get(service)?, method)));
    let instead =
        found.map(|(service, method)| format!("{}.{}", class(service, asynchronous), names::snake(method)));
    Some(literal(&docs::deprecated(deprecated, instead.as_deref())))
}

/// A parameter as a signature has it.
pub(super) fn argument(param: &Param) -> String {
    let name = taken::argument(&param.name);
    let kind = parameter(&param.kind);
    match (param.required, param.nullable) {
        (true, false) => format!("{name}: {kind}"),
        (true, true) => format!("{name}: {kind} | None"),
        (false, _) => format!("{name}: {kind} | None = None"),
    }
}

/// The options of a call as a signature has them.
pub(super) fn options(api: &Api, method: &Method) -> String {
    format!("**options: _types.Unpack[_types.{}]", type_of(api, method))
}

/// Parameters by their names on the wire: `"databaseId": database_id`.
pub(super) fn by_wire_name<'a>(params: impl IntoIterator<Item = &'a Param>) -> Vec<String> {
    let entry = |param: &Param| format!("{}: {}", literal(&param.name), taken::argument(&param.name));
    params.into_iter().map(entry).collect()
}

/// What a docstring says of parameters, a line each.
pub(super) fn entries<'a>(params: impl IntoIterator<Item = &'a Param>) -> Vec<String> {
    params
        .into_iter()
        .map(|param| (param, docs::about(&param.about, &param.available)))
        .filter(|(_, about)| !about.is_empty())
        .map(|(param, about)| format!("    {}: {about}", taken::argument(&param.name)))
        .collect()
}

/// What a docstring says of an option of a list, a wait or a bulk write.
pub(super) fn option_entry(option: &FlowOption) -> String {
    format!("    {}: {}", names::snake(option.name), option.sentences(", in seconds"))
}

/// What a docstring says of the type of user data.
pub(super) const MODEL_TYPE: &str =
    "    model_type: What user data becomes: a pydantic model, a dataclass, a TypedDict.";
