//! Query, Operator, Permission, Role and Channel: functions that make texts.

use super::{FOLDER, docs};
use crate::docs::of_helper;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Context, Result, bail};
use indexmap::IndexMap;
use polywrite_api::{Api, Given, Helper, Part, Rule, Type, Value, names};
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
    for (group, module) in [("Permission", "permission"), ("Role", "role"), ("Channel", "channel")] {
        let Some(helpers) = api.helpers.get(group) else { continue };
        let functions = formats(helpers)?;
        let context = json!({ "header": header("helpers.toml"), "class": group, "functions": functions });
        files.push(File::new(format!("{FOLDER}/{module}.ts"), templates.render("formats.ts", context)?));
    }
    Ok(files)
}

/// How a join is given conditions instead of columns.
const JOIN_FORMS: &str = "With a list of queries as `left` and the alias, if any, as `right`, rows match when all of the \
                          queries hold, `Query.on` among them.";

#[derive(Serialize)]
struct Function {
    comment: String,
    /// The whole function.
    code: String,
}

impl Function {
    fn of(group: &str, helper: &Helper) -> Result<Self> {
        let about = of_helper(helper, str::to_owned);
        let (result, returns) = match &*helper.returns {
            [] => (result(group, helper)?, "string"),
            parts => (several(group, parts), "string[]"),
        };
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
        let forms =
            helper.values_on.as_ref().map(|_| format!("{} {JOIN_FORMS}", crate::docs::JOIN_BY_COLUMNS));
        let paragraphs: Vec<String> = std::iter::once(about).chain(forms).collect();
        Ok(Self { comment: docs::comment(&paragraphs, 4), code })
    }
}

pub(super) fn parameters(group: &str, helper: &Helper) -> String {
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
    let place = format!("{group}.{}", helper.name);
    let check =
        |(rule, name): (Rule, &str)| format!("{}({place:?}, {name:?}, {name})", names::camel(rule.name()));
    helper.checks().map(check).collect()
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
fn several(group: &str, parts: &[Part]) -> String {
    let given = |given: &Given| match given {
        Given::Argument(name) => name.clone(),
        Given::Before { page, size } => format!("({page} - 1) * {size}"),
    };
    let calls = parts.iter().map(|part| format!("{group}.{}({})", part.helper, given(&part.argument)));
    format!("[{}]", calls.collect::<Vec<_>>().join(", "))
}

/// Functions that put their arguments into a text.
fn formats(helpers: &IndexMap<String, Helper>) -> Result<Vec<Json>> {
    helpers
        .values()
        .map(|helper| {
            let about = of_helper(helper, str::to_owned);
            let format = helper.format().with_context(|| format!("{} has no format", helper.name))?;
            let longer =
                helper.formats_with().map(|(name, longer)| format!("{name} ? {} : ", template(longer)));
            let result = format!("{}{}", longer.collect::<String>(), template(format));
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
pub(super) fn template(format: &str) -> String {
    if format.contains('{') { format!("`{}`", format.replace('{', "${")) } else { format!("{format:?}") }
}
