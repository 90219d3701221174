//! Query, Operator, Permission, Role and Channel: functions that make texts.

use super::errors::INNER;
use super::text::{docstring, listed_signature, literal, value};
use crate::docs::{self, of_helper};
use crate::target::{File, header};
use crate::templates::{Templates, mentions};
use anyhow::{Context, Result, bail};
use polywrite_api::{Api, Argument, Given, Helper, Type, Value, names};
use serde_json::{Value as Json, json};

/// What `_helpers.py` has for generated functions, sorted.
const RUNTIME: [&str; 8] =
    ["at_least_1", "finite", "given", "joined", "nonzero", "operator", "parsed", "query"];

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let groups = [
        ("Query", "query"),
        ("Operator", "operator"),
        ("Permission", "permission"),
        ("Role", "role"),
        ("Channel", "channel"),
    ];
    let mut files = Vec::new();
    for (group, module) in groups {
        let helpers: Vec<&Helper> = api.helpers.get(group).into_iter().flat_map(|it| it.values()).collect();
        let functions = helpers.iter().map(|it| function(group, it)).collect::<Result<Vec<Json>>>()?;
        files.push(file(templates, module, &functions)?);
        if group == "Query" {
            let collected = helpers.iter().filter(|helper| !helper.is_inner);
            files.push(file(
                templates,
                "query_builder",
                &collected.map(|it| collecting(it)).collect::<Vec<_>>(),
            )?);
        }
    }
    Ok(files)
}

fn file(templates: &Templates, module: &str, functions: &[Json]) -> Result<File> {
    let body = templates.render(&format!("{module}.py"), json!({ "functions": functions }))?;
    let runtime: Vec<&str> = RUNTIME.into_iter().filter(|name| calls(&body, name)).collect();
    let context = json!({
        "header": header("helpers.toml"), "body": body, "runtime": runtime,
        "any": mentions(&body, "Any"), "condition": mentions(&body, "Condition"),
        "builder": module == "query_builder",
    });
    Ok(File::new(format!("{INNER}/{module}.py"), templates.render("helpers.py", context)?))
}

/// Whether a text calls a function of this name.
fn calls(body: &str, name: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let before = |(start, _): (usize, &str)| &body[..start];
    body.match_indices(&format!("{name}(")).map(before).any(|it| !it.ends_with(part) && !it.ends_with("def "))
}

/// A function of the class.
fn function(group: &str, helper: &Helper) -> Result<Json> {
    let name = name(helper);
    let place = format!("{group}.{name}");
    let mut body: Vec<String> = helper
        .checks()
        .map(|(rule, argument)| {
            let argument = self::argument(argument);
            format!("{}({place:?}, {argument:?}, {argument})", rule.name())
        })
        .collect();
    body.extend(longer(helper));
    body.push(format!("return {}", result(group, helper, &place)?));
    let returns = if helper.returns.is_empty() { "str" } else { "list[str]" };
    Ok(json!({
        "name": name, "about": about(helper), "body": body,
        "signature": listed_signature(&format!("    def {name}("), &parameters(helper), &format!(") -> {returns}:")),
    }))
}

/// The function of the builder beside one of the class.
fn collecting(helper: &Helper) -> Json {
    let name = name(helper);
    let mut parameters = parameters(helper);
    parameters.insert(0, "self".to_owned());
    let given: Vec<String> = helper.arguments.keys().map(|name| argument(name)).collect();
    let several = if helper.returns.is_empty() { "" } else { "*" };
    json!({
        "name": name, "about": about(helper),
        "body": [format!("return self._add({several}QueryHelpers.{name}({}))", given.join(", "))],
        "signature": listed_signature(&format!("    def {name}("), &parameters, ") -> _types.Self:"),
    })
}

pub(super) fn name(helper: &Helper) -> String {
    helper.python.clone().unwrap_or_else(|| names::python_argument(&helper.name))
}

pub(super) fn argument(name: &str) -> String {
    names::python_argument(name)
}

pub(super) fn about(helper: &Helper) -> String {
    let mut paragraphs = vec![of_helper(helper, argument)];
    if helper.values_on.is_some() {
        paragraphs.push(format!("{} {}", docs::JOIN_BY_COLUMNS, JOIN_FORMS));
    }
    docstring(&paragraphs, 8)
}

/// How a join is given conditions instead of columns.
const JOIN_FORMS: &str = "With a list of queries as `left`, or with an alias as `left` and the list as `right`, rows match \
                          when all of the queries hold, `Query.on` among them.";

pub(super) fn parameters(helper: &Helper) -> Vec<String> {
    let one = |(name, argument): (&String, &Argument)| {
        let kind = kind(helper, name, argument);
        let name = self::argument(name);
        match &argument.default {
            None => format!("{name}: {kind}"),
            Some(Json::Null) if kind != "Any" => format!("{name}: {kind} | None = None"),
            Some(default) => format!("{name}: {kind} = {}", value(default)),
        }
    };
    helper.arguments.iter().map(one).collect()
}

fn kind(helper: &Helper, name: &str, argument: &Argument) -> String {
    let joins = helper.values_on.is_some() && ["left", "right"].contains(&name);
    match &argument.kind {
        None => "float".to_owned(),
        Some(Type::String) if joins => "str | list[str]".to_owned(),
        Some(Type::Array(inner)) if **inner == Type::String && helper.takes_queries(name) => {
            "list[str]".to_owned()
        }
        Some(Type::Array(inner)) if **inner == Type::String => "str | list[str]".to_owned(),
        Some(kind) => scalar(kind),
    }
}

fn scalar(kind: &Type) -> String {
    match kind {
        Type::String => "str".to_owned(),
        Type::Integer | Type::BigInteger => "int".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Enum(name) => format!("{name} | str"),
        Type::Array(inner) => format!("list[{}]", scalar(inner)),
        _ => "Any".to_owned(),
    }
}

fn result(group: &str, helper: &Helper, place: &str) -> Result<String> {
    if !helper.returns.is_empty() {
        return Ok(several(helper));
    }
    if let Some(format) = helper.format() {
        return Ok(formatted(helper, format));
    }
    let method = literal(&helper.method);
    if helper.values_on.is_some() {
        let arguments: Vec<String> = helper.arguments.keys().map(|name| argument(name)).collect();
        return Ok(format!("joined({method}, {})", arguments.join(", ")));
    }
    let values = helper.values.as_ref().map(|it| expression(it, place)).transpose()?;
    if group == "Operator" {
        let values = values.with_context(|| format!("{place} needs `values`"))?;
        return Ok(format!("operator({method}, {values})"));
    }
    let attribute = match (&helper.on, &helper.attribute) {
        (Some(constant), _) => Some(literal(constant)),
        (None, name) => name.as_deref().map(argument),
    };
    let mut parts = vec![method];
    match (attribute, values) {
        (None, None) => {}
        (Some(attribute), None) => parts.push(attribute),
        (attribute, Some(values)) => {
            parts.push(attribute.unwrap_or_else(|| "None".to_owned()));
            parts.push(values);
        }
    }
    Ok(format!("query({})", parts.join(", ")))
}

/// The `values` of a query or operator. `query` makes a list of one value, and leaves `None` out.
fn expression(value: &Value, place: &str) -> Result<String> {
    Ok(match value {
        Value::Argument(name) | Value::Spread(name) => argument(name),
        Value::Parse(name) => format!("parsed({place:?}, {})", argument(name)),
        Value::Optional(name) => format!("{} or None", argument(name)),
        Value::List(items) => {
            let items = items
                .iter()
                .map(|item| match item {
                    Value::Optional(name) => Ok(format!("*given({})", argument(name))),
                    Value::Parse(_) => Ok(format!("*{}", expression(item, place)?)),
                    Value::Spread(name) => bail!("{place}: `...{name}` cannot stand inside of a list"),
                    other => expression(other, place),
                })
                .collect::<Result<Vec<_>>>()?;
            format!("[{}]", items.join(", "))
        }
    })
}

fn several(helper: &Helper) -> String {
    let given = |given: &Given| match given {
        Given::Argument(name) => argument(name),
        Given::Before { page, size } => format!("({} - 1) * {}", argument(page), argument(size)),
    };
    let calls = helper.returns.iter().map(|part| {
        format!("QueryHelpers.{}({})", names::python_argument(&part.helper), given(&part.argument))
    });
    format!("[{}]", calls.collect::<Vec<_>>().join(", "))
}

/// `user:{id}` as an expression.
pub(super) fn formatted(helper: &Helper, format: &str) -> String {
    let quote = if format.contains('"') { '\'' } else { '"' };
    let prefix = if format.contains('{') { "f" } else { "" };
    format!("{prefix}{quote}{}{quote}", helper.filled(format, argument))
}

/// The statements that return `user:{id}/{status}` where there is a status.
fn longer(helper: &Helper) -> Vec<String> {
    let statement = |(name, format): (&str, &str)| {
        [format!("if {}:", argument(name)), format!("    return {}", formatted(helper, format))]
    };
    helper.formats_with().flat_map(statement).collect()
}
