//! Query, Operator, Permission and Role: functions that make texts.

use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Context, Result, bail};
use indexmap::IndexMap;
use polywrite_api::{Api, Helper, Type, Value, names};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// How wide a line of code gets.
const WIDTH: usize = 120;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for (group, module) in [("Query", "query"), ("Operator", "operator")] {
        let Some(helpers) = api.helpers.get(group) else { continue };
        let functions =
            helpers.values().map(|helper| Function::of(group, helper)).collect::<Result<Vec<_>>>()?;
        let context = json!({ "header": header("helpers.toml"), "functions": functions });
        let text = templates.render(&format!("{module}.ts"), context)?;
        files.push(File::new(format!("{FOLDER}/{module}.ts"), text));
    }
    for (group, module) in [("Permission", "permission"), ("Role", "role")] {
        let Some(helpers) = api.helpers.get(group) else { continue };
        let functions = formats(helpers)?;
        let context = json!({ "header": header("helpers.toml"), "class": group, "functions": functions });
        files.push(File::new(format!("{FOLDER}/{module}.ts"), templates.render("formats.ts", context)?));
    }
    Ok(files)
}

#[derive(Serialize)]
struct Function {
    comment: String,
    /// The whole function.
    code: String,
}

impl Function {
    fn of(group: &str, helper: &Helper) -> Result<Self> {
        let about = helper.rest.get("about").and_then(Json::as_str).unwrap_or_default();
        let about = docs::about(about, &helper.available);
        let list = helper.rest.get("returns").and_then(Json::as_array);
        let result = match list {
            Some(calls) => several(group, calls),
            None => result(group, helper)?,
        };
        let returns = if list.is_some() { "string[]" } else { "string" };
        let head = format!("    static {} = ({}): {returns} =>", helper.name, parameters(group, helper));
        let checks = checks(group, helper);
        let code = if !checks.is_empty() {
            let lines: String = checks.iter().map(|check| format!("        {check};\n")).collect();
            format!("{head} {{\n{lines}        return {result};\n    }};")
        } else if head.len() + result.len() + 2 <= WIDTH {
            format!("{head} {result};")
        } else {
            format!("{head}\n        {result};")
        };
        Ok(Self { comment: docs::comment(&[about], 4), code })
    }
}

fn parameters(group: &str, helper: &Helper) -> String {
    let joins = helper.values_on.is_some();
    let one = |(name, argument): (&String, &polywrite_api::Argument)| {
        let kind = match &argument.kind {
            None => "number | bigint",
            Some(Type::Any) if group == "Query" => "QueryTypes",
            Some(kind) => match kind {
                Type::String if joins && name == "left" => "string | string[]",
                Type::String => "string",
                Type::Integer | Type::Float => "number",
                Type::BigInteger => "number | bigint",
                Type::Boolean => "boolean",
                Type::Enum(_) => "Condition",
                Type::Array(inner) if **inner == Type::String => "string[]",
                Type::Array(inner) if **inner == Type::Float => "number[]",
                Type::Array(_) => "any[]",
                _ => "any",
            },
        };
        match &argument.default {
            None => format!("{name}: {kind}"),
            // What stands in a list is null where it is not given: a list has no place for undefined.
            Some(Json::Null) if kind == "any" => format!("{name}: any = null"),
            Some(Json::Null) => format!("{name}?: {kind}"),
            Some(default) => format!("{name}: {kind} = {default}"),
        }
    };
    helper.arguments.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn checks(group: &str, helper: &Helper) -> Vec<String> {
    let rules = ["finite", "nonzero", "at_least_1"];
    let named = |rule: &str| {
        let names = helper.rest.get(rule).and_then(Json::as_array).into_iter().flatten();
        names.filter_map(Json::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    rules
        .into_iter()
        .flat_map(|rule| {
            let function = names::camel(rule);
            let place = format!("{group}.{}", helper.name);
            named(rule).into_iter().map(move |name| format!("{function}({place:?}, {name:?}, {name})"))
        })
        .collect()
}

/// A query or operator as JSON.
fn result(group: &str, helper: &Helper) -> Result<String> {
    let values = helper.values.as_ref().map(expression).transpose()?;
    if group == "Operator" {
        return Ok(format!("write({:?}, {})", helper.method, values.as_deref().unwrap_or("[]")));
    }
    let attribute = match (&helper.on, &helper.attribute) {
        (Some(constant), _) => Some(format!("{constant:?}")),
        (None, argument) => argument.clone(),
    };
    let mut parts = vec![format!("{:?}", helper.method)];
    if let Some(on) = &helper.values_on {
        // Conditions instead of columns: then what follows them is the alias.
        let values = values.context("a join needs `values` beside `values_on`")?;
        let on = expression(on)?.replace("alias", "right || alias").replace("(on)", "(left)");
        let attribute = attribute.context("a join needs an `attribute`")?;
        return Ok(format!("write({}, {attribute}, Array.isArray(left) ? {on} : {values})", parts[0]));
    }
    match (attribute, values) {
        (None, None) => {}
        (Some(attribute), None) => parts.push(attribute),
        (attribute, Some(values)) => {
            parts.push(attribute.unwrap_or_else(|| "undefined".to_owned()));
            parts.push(values);
        }
    }
    Ok(format!("write({})", parts.join(", ")))
}

/// The `values` of a query or operator.
fn expression(value: &Value) -> Result<String> {
    Ok(match value {
        Value::Argument(name) => name.clone(),
        Value::Spread(name) => format!("spread({name})"),
        Value::Parse(name) => format!("parsed({name})"),
        Value::Optional(name) => format!("optional({name})"),
        Value::List(items) => {
            let items = items
                .iter()
                .map(|item| match item {
                    Value::Optional(name) => Ok(format!("...given({name})")),
                    Value::Parse(name) => Ok(format!("...parsed({name})")),
                    Value::Spread(name) => bail!("`...{name}` cannot stand inside of a list"),
                    other => expression(other),
                })
                .collect::<Result<Vec<_>>>()?;
            format!("[{}]", items.join(", "))
        }
    })
}

/// `limit(perPage)` → `Query.limit(perPage)`, for each of them.
fn several(group: &str, calls: &[Json]) -> String {
    let calls: Vec<String> =
        calls.iter().filter_map(Json::as_str).map(|call| format!("{group}.{call}")).collect();
    format!("[{}]", calls.join(", "))
}

/// Functions that put their arguments into a text.
fn formats(helpers: &IndexMap<String, Helper>) -> Result<Vec<Json>> {
    helpers
        .values()
        .map(|helper| {
            let text = |key: &str| helper.rest.get(key).and_then(Json::as_str);
            let about = text("about").unwrap_or_default().to_owned();
            let format = text("format").with_context(|| format!("{} has no format", helper.name))?;
            let mut result = template(format);
            for (name, _) in helper.arguments.iter().filter(|(_, argument)| argument.default.is_some()) {
                if let Some(longer) = text(&format!("format_with_{name}")) {
                    result = format!("{name} ? {} : {result}", template(longer));
                }
            }
            Ok(json!({
                "name": helper.name,
                "comment": docs::comment(&[about], 4),
                "parameters": parameters("", helper),
                "result": result,
            }))
        })
        .collect()
}

/// `user:{id}` as a TypeScript expression.
fn template(format: &str) -> String {
    if format.contains('{') { format!("`{}`", format.replace('{', "${")) } else { format!("{format:?}") }
}
