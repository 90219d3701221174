//! From an operation and its arguments to a request.

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, RANGE};
use http::uri::PathAndQuery;

use crate::encode;
use crate::error::{Error, Result};
use crate::http::Body;
use crate::operation::{Content, Method, Operation, Place, Returns};
use crate::operations::SECRET_PARAMETERS;
use crate::options::CallOptions;
use crate::params::Params;
use crate::settings::{Settings, header_name, header_value, put_header, refuse_key_with_session};
use crate::transport::{Deadline, Request};

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Checks the parameters and builds the request of a call. Uploads add their own body.
pub(super) fn prepare(
    settings: &Settings,
    operation: &'static Operation,
    params: &Params,
    options: &CallOptions,
) -> Result<Request> {
    options.check()?;
    if options.range.is_some() && operation.returns != Returns::Bytes {
        return Err(Error::argument("the option `range` is for calls that return a file"));
    }
    encode::check(operation, params)?;
    let mut headers = settings.headers.clone();
    write_headers(&mut headers, operation, params, options)?;
    let body = write_body(&mut headers, operation, params);
    Ok(Request {
        operation,
        method: operation.method,
        path: write_path(settings, operation, params)?,
        headers,
        body,
        secrets: secrets(params),
        repeatable: operation.is_idempotent(),
        follows: operation.returns != Returns::Redirect,
        progress: None,
        deadline: Deadline::from_now(options.deadline.or(settings.limits.deadline)),
    })
}

/// The arguments that no error may quote.
pub(super) fn secrets(params: &Params) -> Vec<String> {
    let secret = params.iter().filter(|(name, _)| SECRET_PARAMETERS.binary_search(name).is_ok());
    secret.filter_map(|(_, value)| serde_json::from_str(value.get()).ok()).collect()
}

fn write_path(settings: &Settings, operation: &Operation, params: &Params) -> Result<PathAndQuery> {
    let template = settings.path_of(operation);
    let endpoint = &settings.endpoint;
    let mut path = String::with_capacity(endpoint.path().len() + template.len() + 64);
    path.push_str(endpoint.path());
    encode::write_path(&mut path, template, operation, params, settings.values.project())?;
    encode::write_query(&mut path, operation, params)?;
    endpoint.with_path(path)
}

fn write_headers(
    headers: &mut HeaderMap,
    operation: &Operation,
    params: &Params,
    options: &CallOptions,
) -> Result<()> {
    let accept = match operation.accept {
        "" => JSON,
        accept => header_value("accept", accept)?,
    };
    headers.insert(ACCEPT, accept);
    if !operation.project_header {
        headers.remove("x-appwrite-project");
    }
    for (name, value) in operation.headers {
        headers.insert(header_name(name)?, header_value(name, value)?);
    }
    for param in operation.params.iter().filter(|param| param.place == Place::Header) {
        if let Some(value) = params.get(param.name) {
            let value = header_value(param.name, &encode::plain_text(param.name, value)?)?;
            headers.insert(header_name(param.name)?, value);
        }
    }
    for (name, prefix, value) in options.header_options() {
        match value.map(str::trim) {
            None => {}
            Some("") => drop(headers.remove(name)),
            Some(value) => {
                headers.insert(header_name(name)?, header_value(name, &format!("{prefix}{value}"))?);
            }
        }
    }
    write_own_headers(headers, &options.headers)
}

/// Adds a caller's headers, which replace others of the same name.
///
/// # Errors
/// `Configuration` for what cannot be a header, and for a key together with a session.
pub(super) fn write_own_headers(headers: &mut HeaderMap, own: &[(String, String)]) -> Result<()> {
    if own.is_empty() {
        return Ok(());
    }
    if own.iter().any(|(name, _)| name.eq_ignore_ascii_case(RANGE.as_str())) {
        // A part of the file, and not of what it is compressed to.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    for (name, value) in own {
        put_header(headers, header_name(name)?, header_value(name, value)?);
    }
    refuse_key_with_session(headers)
}

fn write_body(headers: &mut HeaderMap, operation: &Operation, params: &Params) -> Body {
    if operation.content != Content::Json {
        return Body::Empty;
    }
    let body = encode::json_body(operation, params);
    // A DELETE has a body only when it has parameters for it; the server requires `{}` from the others.
    if operation.method == Method::Delete && body.len() == "{}".len() {
        return Body::Empty;
    }
    headers.insert(CONTENT_TYPE, JSON);
    Body::Whole(body)
}
