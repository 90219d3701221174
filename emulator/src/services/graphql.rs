//! GraphQL, as far as calls go: a field names a method, its arguments are parameters, its selection picks fields.

mod language;
mod values;

use language::Field;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    failure::Failure,
    params::{self, Given},
    response::{Body, Handled, Response},
};

/// The most queries of a list, as the server's documentation says.
const QUERIES: usize = 10;

/// Answers one query, or a list of them.
pub(crate) fn answer(call: &Call, given: &Given, list: Option<Vec<Value>>) -> Handled {
    if let Some(queries) = list {
        if queries.len() > QUERIES {
            return Err(Failure::new(400, "graphql_too_many_queries", "Too many queries."));
        }
        let answers = queries.iter().map(|query| {
            let text = query["query"].as_str().unwrap_or_default();
            run(call, text, &variables(query.get("variables")))
        });
        return Ok(Response::ok(answers.collect()));
    }
    let sent = |name: &str| given.body.get(name).or_else(|| given.query.get(name));
    // The official SDKs wrap the query once more, and what goes with it.
    let (query, variables) = match sent("query") {
        Some(Value::Object(wrapped)) => {
            (wrapped.get("query").and_then(Value::as_str), variables(wrapped.get("variables")))
        }
        Some(Value::String(query)) => (Some(query.as_str()), variables(sent("variables"))),
        _ => (None, Map::new()),
    };
    match query {
        Some(query) => Ok(Response::ok(run(call, query, &variables))),
        None => Err(Failure::new(400, "graphql_no_query", "Param \"query\" is not optional.")),
    }
}

/// The variables that go with a query; in a query string they are JSON.
fn variables(sent: Option<&Value>) -> Map<String, Value> {
    match sent {
        Some(Value::Object(variables)) => variables.clone(),
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        _ => Map::new(),
    }
}

fn run(call: &Call, query: &str, variables: &Map<String, Value>) -> Value {
    let fields = match language::parse(query, variables) {
        Ok(fields) => fields,
        Err(problem) => return json!({"errors": [error(&problem.message, problem.column, None)]}),
    };
    let mut data = Map::new();
    let mut errors = Vec::new();
    for field in &fields {
        let Some(method) = call.state.schema.graphql_method(&field.name) else {
            let message = format!("Cannot query field \"{}\" on type \"Query\".", field.name);
            return json!({"errors": [error(&message, field.column, None)]});
        };
        let value = match perform(call, method, field) {
            Ok(value) => select(&value, &field.fields),
            Err(failure) => {
                errors.push(error(failure.said(), field.column, Some(field.key())));
                Value::Null
            }
        };
        data.insert(field.key().to_owned(), value);
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
                (field.key().to_owned(), select(inner, &field.fields))
            })
            .collect(),
        other => other.clone(),
    }
}
