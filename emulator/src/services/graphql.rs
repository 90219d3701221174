//! GraphQL, as far as calls go: a field names a method, its arguments are parameters, its selection picks fields.

mod language;

use language::Field;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    failure::Failure,
    params::{self, Given},
    reply::{Answer, Body, Reply},
};

/// Answers one query, or a list of them.
pub(crate) fn answer(call: &Call, given: &Given, list: Option<Vec<Value>>) -> Answer {
    if let Some(queries) = list {
        let answers = queries.iter().map(|query| run(call, query["query"].as_str().unwrap_or_default()));
        return Ok(Reply::ok(answers.collect()));
    }
    let sent = given.body.get("query").or_else(|| given.query.get("query"));
    // The official SDKs wrap the query once more.
    let query = match sent {
        Some(Value::Object(wrapped)) => wrapped.get("query").and_then(Value::as_str),
        Some(Value::String(query)) => Some(query.as_str()),
        _ => None,
    };
    match query {
        Some(query) => Ok(Reply::ok(run(call, query))),
        None => Err(Failure::new(400, "graphql_no_query", "Param \"query\" is not optional.")),
    }
}

fn run(call: &Call, query: &str) -> Value {
    let fields = match language::parse(query) {
        Ok(fields) => fields,
        Err(problem) => return json!({"errors": [error(&problem.message, problem.column, None)]}),
    };
    let mut data = Map::new();
    let mut errors = Vec::new();
    for field in &fields {
        let Some(method) = method_named(call, &field.name) else {
            let message = format!("Cannot query field \"{}\" on type \"Query\".", field.name);
            return json!({"errors": [error(&message, field.column, None)]});
        };
        let value = match perform(call, method, field) {
            Ok(value) => select(&value, &field.fields),
            Err(failure) => {
                errors.push(error(&failure.message, field.column, Some(&field.name)));
                Value::Null
            }
        };
        data.insert(field.name.clone(), value);
    }
    if errors.is_empty() { json!({"data": data}) } else { json!({"errors": errors, "data": data}) }
}

fn error(message: &str, column: usize, path: Option<&str>) -> Value {
    let mut error = json!({"message": message, "locations": [{"line": 1, "column": column}]});
    if let Some(path) = path {
        error["path"] = json!([path]);
    }
    error
}

/// `usersCreate` → `users.create`.
fn method_named<'a>(call: &'a Call, name: &str) -> Option<&'a polywrite_api::Method> {
    call.state.schema.api.methods().find(|method| {
        name.strip_prefix(method.service.as_str()).is_some_and(|rest| {
            let mut capital = method.name.clone();
            if let Some(first) = capital.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            rest == capital
        })
    })
}

fn perform(call: &Call, method: &polywrite_api::Method, field: &Field) -> Result<Value, Failure> {
    if !super::allows(method, &call.caller) {
        let title = call.caller.title(&call.project, call.host());
        let message = format!("{title} missing scopes ({})", Value::from(super::scopes(method)));
        return Err(Failure::new(401, "general_unauthorized_scope", message));
    }
    let arguments = &field.arguments;
    let given =
        Given { path: arguments.clone(), query: arguments.clone(), body: arguments.clone(), form: false };
    let path = method.path.split('/').map(|segment| {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        name.and_then(|name| arguments.get(name)).and_then(Value::as_str).unwrap_or(segment)
    });
    let inner = Call {
        state: call.state,
        method,
        project: call.project.clone(),
        caller: call.caller.clone(),
        params: params::check(&call.state.schema, method, &given)?,
        upload: None,
        headers: call.headers.clone(),
        path: path.collect::<Vec<_>>().join("/"),
    };
    match super::dispatch_within(&inner)?.body {
        Body::Json(value) => Ok(value),
        _ => Ok(json!({"status": true})),
    }
}

/// The wanted fields of a value; `_id` stands for `$id`, for GraphQL has no dollars in names.
fn select(value: &Value, fields: &[Field]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| select(item, fields)).collect(),
        Value::Object(known) if !fields.is_empty() => fields
            .iter()
            .map(|field| {
                let name = field.name.strip_prefix('_').map_or(field.name.clone(), |rest| format!("${rest}"));
                let inner = known.get(&name).or_else(|| known.get(&field.name)).unwrap_or(&Value::Null);
                (field.name.clone(), select(inner, &field.fields))
            })
            .collect(),
        other => other.clone(),
    }
}
