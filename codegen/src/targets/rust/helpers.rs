//! Query, Operator, Permission, Role and Channel: functions that make texts.

use super::text::escaped;
use crate::docs::of_helper;
use crate::target::{File, header};
use crate::templates::{Templates, mentions};
use anyhow::{Context, Result, bail};
use polywrite_api::{Api, Argument, Given, Helper, Rule, Type, Value, names};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// The folders, one beside each hand-written type.
pub(super) const FOLDERS: [&str; 5] = [
    "core/src/query/generated",
    "core/src/operator/generated",
    "core/src/permission/generated",
    "core/src/role/generated",
    "core/src/realtime/channel/generated",
];

/// What generated code may use, each with where it comes from.
const USED: [(&str, &[&str]); 6] = [
    ("std", &["fmt"]),
    ("serde", &["Serialize"]),
    ("super", &["Bound", "Join", "inner", "named", "texts"]),
    ("crate", &["Error", "Number"]),
    ("crate::number", &["at_least_1", "before", "finite", "nonzero"]),
    ("crate::written", &["Written"]),
];

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    ["Query", "Operator", "Permission", "Role", "Channel"]
        .into_iter()
        .zip(FOLDERS)
        .map(|(group, folder)| {
            let helpers: Vec<&Helper> =
                api.helpers.get(group).into_iter().flat_map(|it| it.values()).collect();
            let functions = helpers.iter().map(|it| function(group, it)).collect::<Result<Vec<Json>>>()?;
            let body = json!({ "group": group, "functions": functions, "enums": enums(api, &helpers) });
            let body = templates.render("helpers.rs", body)?;
            let text = format!("// {}\n\n{}\n{body}", header("helpers.toml"), imports(group, &body));
            Ok(File::new(format!("{folder}/mod.rs"), text))
        })
        .collect()
}

fn imports(group: &str, body: &str) -> String {
    let code: Vec<&str> = body.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
    let code = code.join("\n");
    let imports = USED.into_iter().filter_map(|(home, names)| {
        let own = (home == "super").then_some(group);
        let names = names.iter().copied().filter(|name| mentions(&code, name));
        let names: Vec<&str> = own.into_iter().chain(names).collect();
        (!names.is_empty()).then(|| format!("use {home}::{{{}}};\n", names.join(", ")))
    });
    imports.collect()
}

/// The enums that only helpers take.
fn enums(api: &Api, helpers: &[&Helper]) -> Vec<Json> {
    let kinds = helpers.iter().flat_map(|helper| helper.arguments.values()).filter_map(|it| it.kind.as_ref());
    let used: BTreeSet<&String> =
        kinds.filter_map(|kind| if let Type::Enum(name) = kind { Some(name) } else { None }).collect();
    let views = used.into_iter().filter_map(|name| api.enums.get(name)).map(|item| {
        let members =
            item.members.iter().map(|it| json!({ "name": names::member(it.title()), "value": it.value }));
        json!({ "name": item.name, "about": escaped(&item.about), "members": members.collect::<Vec<_>>() })
    });
    views.collect()
}

fn function(group: &str, helper: &Helper) -> Result<Json> {
    let name = names::rust_identifier(&helper.name);
    let (generics, parameters) = parameters(group, helper);
    let errors = errors(helper);
    let made = if helper.returns.is_empty() {
        "Self".to_owned()
    } else {
        format!("[Self; {}]", helper.returns.len())
    };
    let returns = if errors.is_some() { format!("Result<{made}, Error>") } else { made };
    let result = result(group, helper)?;
    Ok(json!({
        "about": escaped(&of_helper(helper, names::snake)),
        "errors": errors,
        "signature": format!("pub fn {name}{generics}({}) -> {returns}", parameters.join(", ")),
        "statements": statements(group, helper),
        "result": if errors.is_some() { format!("Ok({result})") } else { result },
    }))
}

/// When a helper fails; none where it cannot.
fn errors(helper: &Helper) -> Option<String> {
    let is = |rule: Rule, what: &str| {
        let names: Vec<String> = helper.must_be(rule).map(|it| format!("`{}`", names::snake(it))).collect();
        (!names.is_empty()).then(|| format!("{} is {what}", names.join(" or ")))
    };
    let range = helper.returns.iter().any(|part| matches!(part.argument, Given::Before { .. }));
    let reasons: Vec<String> = [
        is(Rule::Nonzero, "0"),
        is(Rule::Finite, "infinite or NaN"),
        is(Rule::AtLeast1, "0"),
        range.then(|| "the offset is out of range".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!reasons.is_empty()).then(|| {
        format!("[`ErrorKind::Argument`](crate::ErrorKind::Argument) when {}.", reasons.join(", or "))
    })
}

/// Type parameters, and the parameters that use them.
fn parameters(group: &str, helper: &Helper) -> (String, Vec<String>) {
    if helper.values_on.is_some() {
        let table = helper.attribute.as_deref().map(names::rust_identifier).unwrap_or_default();
        return (String::new(), vec![format!("{table}: &str"), "join: Join".to_owned()]);
    }
    let kinds: Vec<String> =
        helper.arguments.iter().map(|(name, it)| kind(group, helper, name, it)).collect();
    let uses = |part: &str| kinds.iter().any(|kind| kind.contains(part));
    let generics = match (uses("&'a "), uses("Item = T")) {
        (true, _) => "<'a>",
        (false, true) if uses_texts(helper) => "<T: Into<String>>",
        (false, true) => "<T: Serialize>",
        (false, false) => "",
    };
    let names = helper.arguments.keys().map(|name| names::rust_identifier(name));
    (generics.to_owned(), names.zip(kinds).map(|(name, kind)| format!("{name}: {kind}")).collect())
}

/// Whether the list that it takes is one of texts.
fn uses_texts(helper: &Helper) -> bool {
    helper.arguments.values().any(|it| it.kind == Some(Type::Array(Box::new(Type::String))))
}

fn kind(group: &str, helper: &Helper, name: &str, argument: &Argument) -> String {
    let is_spread = helper.values == Some(Value::Spread(name.to_owned()));
    let kind = match &argument.kind {
        None if argument.default == Some(Json::Null) => "impl Into<Bound>",
        None => "impl Into<Number>",
        Some(Type::String) if argument.default == Some(json!("")) => "impl Into<Option<&'a str>>",
        Some(Type::String) if matches!(group, "Permission" | "Channel") => "impl fmt::Display",
        Some(Type::String) => "&str",
        Some(Type::Any) if argument.rules.contains(&Rule::Text) => "&str",
        Some(Type::Integer | Type::BigInteger)
            if argument.rules.iter().any(|rule| matches!(rule, Rule::Unsigned | Rule::AtLeast1)) =>
        {
            "u64"
        }
        Some(Type::Integer | Type::BigInteger) => "i64",
        Some(Type::Float) => "f64",
        Some(Type::Boolean) => "bool",
        Some(Type::Enum(name)) => name,
        Some(_) if helper.takes_queries(name) => "impl IntoIterator<Item = Query>",
        Some(Type::Array(_)) if is_spread => "impl IntoIterator<Item = T>",
        Some(_) => "impl Serialize",
    };
    kind.to_owned()
}

/// What comes before the result: numbers as numbers, texts that may be missing as texts, and checks.
fn statements(group: &str, helper: &Helper) -> Vec<String> {
    let place = format!("{group}::{}", names::snake(&helper.name));
    let numbers = helper.arguments.iter().filter(|(_, argument)| argument.kind.is_none());
    let numbers = numbers.map(|(name, argument)| {
        let name = names::rust_identifier(name);
        let kind = if argument.default == Some(Json::Null) { "Bound" } else { "Number" };
        format!("let {name}: {kind} = {name}.into();")
    });
    let texts = helper
        .arguments
        .iter()
        .filter(|(_, argument)| helper.format().is_some() && argument.default == Some(json!("")));
    let texts = texts.map(|(name, _)| {
        let name = names::rust_identifier(name);
        format!("let {name}: &str = {name}.into().unwrap_or_default();")
    });
    let checks = helper.checks().map(|(rule, name)| {
        let is_bound = helper.arguments[name].default == Some(Json::Null);
        let name = names::rust_identifier(name);
        format!("{}({place:?}, {name:?}, {name}{})?;", rule.name(), if is_bound { ".0" } else { "" })
    });
    numbers.chain(texts).chain(checks).collect()
}

fn result(group: &str, helper: &Helper) -> Result<String> {
    if !helper.returns.is_empty() {
        return Ok(several(group, helper));
    }
    if let Some(format) = helper.format() {
        return Ok(formatted(group, helper, format));
    }
    let method = &helper.method;
    if helper.values_on.is_some() {
        let table = helper.attribute.as_deref().context("a join needs an `attribute`")?;
        return Ok(format!("join.into_query({method:?}, {})", names::rust_identifier(table)));
    }
    let values = helper.values.as_ref().map(|it| values(helper, it)).transpose()?;
    if group == "Operator" {
        let values = values.with_context(|| format!("Operator.{} needs `values`", helper.name))?;
        return Ok(format!("Operator::new({method:?}, {values})"));
    }
    let attribute = match (&helper.on, &helper.attribute) {
        (Some(constant), _) => format!("Some({constant:?})"),
        (None, Some(name)) => format!("Some({})", names::rust_identifier(name)),
        (None, None) => "None".to_owned(),
    };
    let values = match (values, &helper.values) {
        (Some(values), Some(Value::Optional(_))) => values,
        (Some(values), _) => format!("Some({values})"),
        (None, _) => "None".to_owned(),
    };
    Ok(format!("Query::new({method:?}, {attribute}, {values})"))
}

/// The list of values.
fn values(helper: &Helper, value: &Value) -> Result<String> {
    Ok(match value {
        Value::Parse(name) => format!("inner({})", names::rust_identifier(name)),
        Value::Optional(name) => format!("named({}.into())", names::rust_identifier(name)),
        Value::Argument(name) | Value::Spread(name) => {
            let argument = &helper.arguments[name];
            let name = names::rust_identifier(name);
            match &argument.kind {
                Some(Type::Array(inner)) if **inner == Type::String => format!("texts({name})"),
                Some(Type::Array(_)) => format!("Written::each({name})"),
                _ => format!("Written::spread(&{name})"),
            }
        }
        Value::List(items) => {
            let mut always = Vec::new();
            let mut given = String::new();
            for (index, item) in items.iter().enumerate() {
                match item {
                    Value::Optional(name) => {
                        given.push_str(&format!(".chain({}.written({index}))", names::rust_identifier(name)));
                    }
                    _ if !given.is_empty() => bail!("{}: what may be left out comes last", helper.name),
                    item => always.push(format!("Written::value({index}, &{})", element(helper, item)?)),
                }
            }
            let list = format!("[{}]", always.join(", "));
            if given.is_empty() {
                format!("Written::list({list})")
            } else {
                format!("Written::list({list}.into_iter(){given})")
            }
        }
    })
}

fn element(helper: &Helper, item: &Value) -> Result<String> {
    Ok(match item {
        Value::Argument(name) => {
            let argument = &helper.arguments[name];
            let is_enum = matches!(argument.kind, Some(Type::Enum(_)));
            format!("{}{}", names::rust_identifier(name), if is_enum { ".as_str()" } else { "" })
        }
        Value::List(items) => {
            let items = items.iter().map(|item| element(helper, item)).collect::<Result<Vec<String>>>()?;
            format!("({},)", items.join(", "))
        }
        other => bail!("{}: {other:?} cannot stand inside of a list", helper.name),
    })
}

fn several(group: &str, helper: &Helper) -> String {
    let calls = helper.returns.iter().map(|part| {
        let function = names::rust_identifier(&part.helper);
        let given = match &part.argument {
            Given::Argument(name) => names::rust_identifier(name),
            Given::Before { page, size } => format!(
                "before(\"{group}::{}\", {}, {})?",
                names::snake(&helper.name),
                names::rust_identifier(page),
                names::rust_identifier(size)
            ),
        };
        format!("Self::{function}({given})")
    });
    format!("[{}]", calls.collect::<Vec<_>>().join(", "))
}

/// `user:{id}` as an expression.
fn formatted(group: &str, helper: &Helper, format: &str) -> String {
    let text = |format: &str| {
        if format.contains('{') {
            format!("{group}(format!({:?}))", helper.filled(format, names::rust_identifier))
        } else {
            format!("{group}({format:?}.to_owned())")
        }
    };
    let mut result = text(format);
    for (name, longer) in helper.arguments.keys().filter_map(|name| Some((name, helper.format_with(name)?))) {
        let name = names::rust_identifier(name);
        result = format!("if {name}.is_empty() {{ {result} }} else {{ {} }}", text(longer));
    }
    result
}
