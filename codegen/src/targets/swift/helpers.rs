//! Query, Operator, Permission, Role and Channel: functions that make texts.

use super::names;
use super::types::{WIDTH, quoted};
use crate::docs::{self, of_helper};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, bail};
use polywrite_api::{Api, Argument, Given, Helper, Rule, Type, Value};
use serde_json::{Value as Json, json};

pub(super) const FOLDER: &str = "bindings-swift/Sources/Polywrite/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    ["Query", "Operator", "Permission", "Role", "Channel"]
        .into_iter()
        .map(|group| {
            let helpers = api.helpers.get(group).into_iter().flat_map(|it| it.values());
            let functions: Vec<Vec<Json>> =
                helpers.map(|it| functions(api, group, it)).collect::<Result<_>>()?;
            let context = json!({
                "header": header("helpers.toml"), "group": group, "functions": functions.concat(),
                "enums": group == "Operator",
            });
            Ok(File::new(
                format!("{FOLDER}/{group}+Helpers.swift"),
                templates.render("helpers.swift", context)?,
            ))
        })
        .collect()
}

/// A helper; a join is one function for columns and one for queries.
fn functions(api: &Api, group: &str, helper: &Helper) -> Result<Vec<Json>> {
    let parameters = parameters(api, helper);
    let result = result(group, helper)?;
    let Some(on) = &helper.values_on else {
        return Ok(vec![function(group, helper, &parameters, &result)]);
    };
    let saying = |sentence: &str| Helper { about: format!("{} {sentence}", helper.about), ..helper.clone() };
    let (by_queries, given) = conditions(helper, on)?;
    Ok(vec![
        function(group, &saying(docs::JOIN_BY_COLUMNS), &parameters, &result),
        function(group, &saying(docs::JOIN_BY_QUERIES), &given, &by_queries),
    ])
}

fn function(group: &str, helper: &Helper, parameters: &[String], result: &str) -> Json {
    let made = if matches!(group, "Query" | "Operator") { group } else { "String" };
    let returns = if helper.returns.is_empty() { made.to_owned() } else { format!("[{made}]") };
    let head = format!("    public static func {}(", names::identifier(&helper.name));
    let line = format!("{head}{}) -> {returns} {{", parameters.join(", "));
    let signature = if line.chars().count() <= WIDTH {
        line
    } else {
        format!("{head}\n        {}\n    ) -> {returns} {{", parameters.join(", "))
    };
    let refusal = refusal(group, helper).map(|refusal| {
        let refused = format!("{made}(refused: refused)");
        let refused = if helper.returns.is_empty() { refused } else { format!("[{refused}]") };
        json!({ "of": refusal, "made": refused })
    });
    let about = of_helper(helper, names::label);
    json!({ "about": about, "signature": signature, "refusal": refusal, "result": result })
}

pub(super) fn parameters(api: &Api, helper: &Helper) -> Vec<String> {
    let one = |(place, (name, argument)): (usize, (&String, &Argument))| {
        let label = if place == 0 || argument.unlabeled { "_ " } else { "" };
        let kind = kind(api, helper, name, argument);
        let name = names::label(name);
        match &argument.default {
            None => format!("{label}{name}: {kind}"),
            Some(Json::Null) if kind.starts_with("any ") => format!("{label}{name}: ({kind})? = nil"),
            Some(Json::Null) => format!("{label}{name}: {kind}? = nil"),
            // Appwrite's SDKs take the second column by default, which would compare with nothing.
            Some(Json::String(text))
                if text.is_empty() && helper.values_on.is_some() && !is_optional(helper, &name) =>
            {
                format!("{label}{name}: {kind}")
            }
            Some(default) => format!("{label}{name}: {kind} = {default}"),
        }
    };
    helper.arguments.iter().enumerate().map(one).collect()
}

/// Whether an argument is left out of the values where it is empty.
fn is_optional(helper: &Helper, name: &str) -> bool {
    let optional = Value::Optional(name.to_owned());
    matches!(&helper.values, Some(Value::List(items)) if items.contains(&optional))
}

fn kind(api: &Api, helper: &Helper, name: &str, argument: &Argument) -> String {
    match &argument.kind {
        None => "any QueryNumber".to_owned(),
        Some(_) if helper.takes_queries(name) => "[any QueryConvertible]".to_owned(),
        Some(kind) => plain(api, kind),
    }
}

fn plain(api: &Api, kind: &Type) -> String {
    match kind {
        Type::Any => "Any".to_owned(),
        Type::Array(inner) => format!("[{}]", plain(api, inner)),
        other => super::types::of(api, other, ""),
    }
}

/// What finds out whether an argument is refused; none where none can be. Numbers that are not finite are refused where
/// they are written.
fn refusal(group: &str, helper: &Helper) -> Option<String> {
    let mut rules = Vec::new();
    for (rule, label) in [(Rule::Nonzero, "nonzero"), (Rule::AtLeast1, "atLeast1")] {
        let named: Vec<String> =
            helper.must_be(rule).map(|it| format!("{}: {}", quoted(it), names::identifier(it))).collect();
        if !named.is_empty() {
            rules.push(format!("{label}: [{}]", named.join(", ")));
        }
    }
    // A list of texts has no method of its own.
    let place = match &*helper.returns {
        [] => helper.method.clone(),
        _ => format!("{group}.{}", helper.name),
    };
    (!rules.is_empty()).then(|| format!("Made.refusal({}, {})", quoted(&place), rules.join(", ")))
}

fn result(group: &str, helper: &Helper) -> Result<String> {
    if !helper.returns.is_empty() {
        return Ok(several(group, helper));
    }
    if let Some(format) = helper.format() {
        return Ok(formatted(helper, format));
    }
    let mut parts = vec![quoted(&helper.method)];
    let attribute = match (&helper.on, &helper.attribute) {
        (Some(constant), _) => Some(quoted(constant)),
        (None, name) => name.as_deref().map(names::identifier),
    };
    let is_list = |name: &str| matches!(helper.arguments[name].kind, Some(Type::Array(_)));
    let values = match &helper.values {
        None => None,
        Some(Value::Parse(name)) => Some(format!("nested: {}", names::identifier(name))),
        Some(Value::Optional(name)) => Some(format!("Made.optional({})", names::identifier(name))),
        Some(Value::Argument(name) | Value::Spread(name)) => {
            let argument = &helper.arguments[name];
            let name_here = names::identifier(name);
            Some(match argument.kind {
                Some(Type::Any) => format!("spread: {name_here}"),
                _ if is_list(name) => name_here,
                _ => format!("[{name_here}]"),
            })
        }
        Some(Value::List(items)) => Some(list(helper, items)?),
    };
    if group == "Query" {
        let labeled = values.as_deref().is_some_and(|values| values.starts_with("nested: "));
        match attribute {
            Some(attribute) => parts.push(attribute),
            None if values.is_some() && !labeled => parts.push("nil".to_owned()),
            None => {}
        }
    }
    parts.extend(values);
    Ok(format!("{group}({})", parts.join(", ")))
}

/// A list of values, those that may be left out at its end.
fn list(helper: &Helper, items: &[Value]) -> Result<String> {
    let always = items.iter().take_while(|item| !matches!(item, Value::Optional(_))).count();
    let elements =
        items[..always].iter().map(|item| element(helper, item)).collect::<Result<Vec<String>>>()?;
    let mut text = format!("[{}]", elements.join(", "));
    for item in &items[always..] {
        let Value::Optional(name) = item else { bail!("{}: what may be empty must come last", helper.name) };
        text.push_str(&format!(" + Made.given({})", names::identifier(name)));
    }
    Ok(text)
}

fn element(helper: &Helper, item: &Value) -> Result<String> {
    Ok(match item {
        Value::Argument(name) => {
            let argument = &helper.arguments[name];
            let name = names::identifier(name);
            match &argument.kind {
                Some(Type::Enum(_)) => format!("{name}.rawValue"),
                Some(Type::Any) if argument.default == Some(Json::Null) => format!("{name} ?? JSON.null"),
                _ => name,
            }
        }
        Value::List(items) => format!("{} as [Any]", list(helper, items)?),
        other => bail!("{}: {other:?} cannot stand inside of a list", helper.name),
    })
}

/// The form of a join that takes queries: its result and its parameters.
fn conditions(helper: &Helper, on: &Value) -> Result<(String, Vec<String>)> {
    let (Some(table), Value::List(items)) = (&helper.attribute, on) else {
        bail!("{}: a join needs an `attribute`, and a list as `values_on`", helper.name)
    };
    let [Value::Optional(alias), Value::Parse(label)] = items.as_slice() else {
        bail!("{}: `values_on` must be what may be empty, then queries", helper.name)
    };
    let (table, alias) = (names::identifier(table), names::identifier(alias));
    let parameters = vec![
        format!("_ {table}: String"),
        format!("{} queries: [any QueryConvertible]", names::label(label)),
        format!("{alias}: String = \"\""),
    ];
    let method = quoted(&helper.method);
    Ok((format!("Query({method}, {table}, nested: queries, after: Made.given({alias}))"), parameters))
}

fn several(group: &str, helper: &Helper) -> String {
    let calls = helper.returns.iter().map(|part| {
        let function = names::identifier(&part.helper);
        match &part.argument {
            Given::Argument(name) => format!("{function}({})", names::identifier(name)),
            Given::Before { page, size } => {
                format!(
                    "{group}(before: {}, of: {}, {function})",
                    names::identifier(page),
                    names::identifier(size)
                )
            }
        }
    });
    format!("[{}]", calls.collect::<Vec<_>>().join(", "))
}

/// `user:{id}` as an expression, behind what returns `user:{id}/{status}` where there is a status.
pub(super) fn formatted(helper: &Helper, format: &str) -> String {
    let literal = |format: &str| {
        quoted(&helper.filled(format, names::identifier)).replace('{', "\\(").replace('}', ")")
    };
    let mut lines: Vec<String> = helper
        .formats_with()
        .map(|(name, longer)| {
            format!("if !{}.isEmpty {{ return {} }}", names::identifier(name), literal(longer))
        })
        .collect();
    let is_alone = lines.is_empty();
    lines.push(format!("{}{}", if is_alone { "" } else { "return " }, literal(format)));
    lines.join("\n        ")
}
