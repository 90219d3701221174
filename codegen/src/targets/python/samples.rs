//! A file that uses every name, for the type checkers.

use super::function::class;
use super::services::{methods, name, stream_name};
use super::taken;
use super::text::listed;
use super::{enums, models};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Method, Returns, Type, names};
use serde_json::json;

/// Where it goes.
pub(super) const FOLDER: &str = "bindings-python/tests/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let mut services = Vec::new();
    for service in api.services.values() {
        for asynchronous in [false, true] {
            let wait = if asynchronous { "await " } else { "" };
            let mut lines = Vec::new();
            for method in methods(service) {
                lines.push(call(api, method, wait, &name(method), &returned(method)));
                if method.returns == Returns::Bytes {
                    let kind = if asynchronous { "AsyncDownload" } else { "Download" };
                    lines.push(call(api, method, "", &stream_name(method), kind));
                }
            }
            services.push(json!({
                "class": class(service, asynchronous), "asynchronous": asynchronous, "lines": lines,
                "name": format!("{}_{}", if asynchronous { "await" } else { "call" }, names::snake(&service.name)),
            }));
        }
    }
    let models: Vec<_> = api
        .models
        .values()
        .map(|model| {
            let spellings = models::spellings(model).into_iter();
            let attributes: Vec<String> =
                spellings.flat_map(|(name, old)| old.into_iter().chain(std::iter::once(name))).collect();
            json!({ "name": model.name, "function": names::snake(&model.name), "attributes": attributes })
        })
        .collect();
    let enums: Vec<String> = api
        .enums
        .values()
        .flat_map(|item| enums::members(item).into_iter().map(|member| format!("{}.{member}", item.name)))
        .collect();
    let context =
        json!({ "header": header("services"), "services": services, "models": models, "enums": enums });
    Ok(File::new(format!("{FOLDER}/every_name.py"), templates.render("every_name.py", context)?))
}

fn call(api: &Api, method: &Method, wait: &str, name: &str, kind: &str) -> String {
    let items: Vec<String> = method
        .arguments()
        .map(|param| format!("{}={}", taken::argument(&param.name), sample(api, &param.kind)))
        .collect();
    // A name of its own for each answer: a checker would not let one name have two types.
    let opening = format!("_{name}: {kind} = {wait}service.{name}(");
    listed(&opening, &items, ")", 4)
}

fn returned(method: &Method) -> String {
    match &method.returns {
        Returns::Model(name) | Returns::Union(name) => format!("models.{name}"),
        Returns::Json => "object".into(),
        Returns::Empty => "dict[str, Any]".into(),
        Returns::Bytes => "bytes".into(),
        Returns::Text | Returns::Redirect => "str".into(),
    }
}

fn sample(api: &Api, kind: &Type) -> String {
    match kind {
        Type::String => "\"text\"".into(),
        Type::Integer | Type::BigInteger => "1".into(),
        Type::Float => "1.5".into(),
        Type::Boolean => "True".into(),
        Type::Object | Type::Any | Type::Model(_) | Type::Union(_) => "{\"key\": \"value\"}".into(),
        Type::File => "InputFile.from_bytes(b\"\", \"file\")".into(),
        Type::Array(inner) => format!("[{}]", sample(api, inner)),
        Type::Enum(name) => {
            match api.enums.get(name).and_then(|item| enums::members(item).into_iter().next()) {
                Some(member) => format!("enums.{name}.{member}"),
                None => "\"text\"".into(),
            }
        }
    }
}
