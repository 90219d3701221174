//! Query, Operator, Permission, Role, ID and Topic.

use super::{Files, Problems, raw};
use crate::availability::Availability;
use crate::helper::{Argument, Given, Helper, Part, Rule, Value};
use crate::types::Type;
use indexmap::IndexMap;
use serde_json::Value as Json;

const FILE: &str = "helpers.toml";

/// What only permissions, roles, IDs and topics say.
const REST: [&str; 7] = ["format", "length", "alphabet", "join", "min_levels", "forbidden", "chainable"];

pub(super) fn read(files: &Files, problems: &mut Problems) -> IndexMap<String, IndexMap<String, Helper>> {
    let raw: IndexMap<String, IndexMap<String, raw::Helper>> = files.parse_or_default(FILE, problems);
    raw.into_iter()
        .map(|(group, helpers)| {
            let helpers = helpers
                .into_iter()
                .map(|(name, helper)| {
                    let place = format!("{FILE}: {group}.{name}");
                    (name.clone(), helper_from(&place, name, helper, problems))
                })
                .collect();
            (group, helpers)
        })
        .collect()
}

fn helper_from(place: &str, name: String, raw: raw::Helper, problems: &mut Problems) -> Helper {
    let mut arguments: IndexMap<String, Argument> = raw
        .args
        .into_iter()
        .filter_map(|(argument, text)| match argument_from(&text) {
            Ok(parsed) => Some((argument, parsed)),
            Err(error) => {
                problems.add(format!("{place}.{argument}"), error);
                None
            }
        })
        .collect();
    let ruled = [
        (Rule::Nonzero, raw.nonzero),
        (Rule::Finite, raw.finite),
        (Rule::AtLeast1, raw.at_least_1),
        (Rule::Unsigned, raw.unsigned),
        (Rule::Text, raw.text),
    ];
    for (rule, names) in ruled {
        each(&mut arguments, names, &format!("{place}.{}", rule.name()), problems, |it| it.rules.push(rule));
    }
    let is_known = |key: &str| REST.contains(&key) || key.starts_with("format_with_");
    for key in raw.rest.keys().filter(|key| !is_known(key)) {
        problems.add(place, format!("no helper has a key `{key}`"));
    }
    each(&mut arguments, raw.unlabeled, &format!("{place}.unlabeled"), problems, |it| it.unlabeled = true);
    let usual = arguments.contains_key("attribute").then(|| "attribute".to_owned());
    let values = raw.values.as_ref().map(value_from);
    let returns: Vec<Part> = raw.returns.iter().filter_map(|text| part_from(place, text, problems)).collect();
    let of_values: Vec<String> = values.iter().flat_map(Value::names).map(str::to_owned).collect();
    let of_returns: Vec<String> =
        returns.iter().flat_map(|part| part.argument.names()).map(str::to_owned).collect();
    for (key, names) in [("values", of_values), ("returns", of_returns)] {
        each(&mut arguments, names, &format!("{place}.{key}"), problems, |_| {});
    }
    Helper {
        about: raw.about,
        python: raw.python,
        is_inner: raw.inner,
        method: raw.method.unwrap_or_else(|| name.clone()),
        attribute: raw.attribute.or(usual),
        on: raw.on,
        values,
        values_on: raw.values_on.as_ref().map(value_from),
        returns,
        longest: raw.longest,
        rest: raw.rest,
        available: problems.or_default(place, Availability::parse(raw.available.as_deref())),
        arguments,
        name,
    }
}

/// Changes each argument of these names; a name without an argument is a problem.
fn each(
    arguments: &mut IndexMap<String, Argument>,
    names: Vec<String>,
    place: &str,
    problems: &mut Problems,
    mut change: impl FnMut(&mut Argument),
) {
    for name in names {
        match arguments.get_mut(&name) {
            Some(argument) => change(argument),
            None => problems.add(place, format!("`{name}` is not an argument")),
        }
    }
}

fn argument_from(text: &str) -> Result<Argument, String> {
    let (kind, default) = match text.split_once(" = ") {
        Some((kind, json)) => {
            (kind, Some(serde_json::from_str(json).map_err(|error| format!("default `{json}`: {error}"))?))
        }
        None => (text, None),
    };
    let kind = if kind == "number" { None } else { Some(Type::parse(kind)?) };
    Ok(Argument { kind, default, rules: Vec::new(), unlabeled: false })
}

fn value_from(json: &Json) -> Value {
    match json {
        Json::Array(items) => Value::List(items.iter().map(value_from).collect()),
        other => {
            let text = other.as_str().unwrap_or_default();
            if let Some(name) = text.strip_prefix("...") {
                Value::Spread(name.to_owned())
            } else if let Some(name) = text.strip_prefix("json ") {
                Value::Parse(name.to_owned())
            } else if let Some(name) = text.strip_suffix('?') {
                Value::Optional(name.to_owned())
            } else {
                Value::Argument(text.to_owned())
            }
        }
    }
}

fn part_from(place: &str, text: &str, problems: &mut Problems) -> Option<Part> {
    let call = text.strip_suffix(')').and_then(|text| text.split_once('('));
    let part = call
        .and_then(|(helper, given)| Some(Part { helper: helper.to_owned(), argument: Given::parse(given)? }));
    if part.is_none() {
        let known = "write `helper(argument)` or `helper((argument - 1) * argument)`";
        problems
            .add(format!("{place}.returns"), format!("`{text}` is not a call of another helper: {known}"));
    }
    part
}
