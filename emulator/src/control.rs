//! The emulator's own API, below `/_emulator`, and its page: projects, seeds, clocks, mails, faults, snapshots, requests.
//!
//! Every program that reaches the port may use it, and reads root keys there. Pages of other origins may not.

mod follow;
mod next;
mod page;
pub(crate) mod seed;
mod snapshot;

pub(crate) use next::{has, wait};

use std::sync::Arc;

use axum::{
    body::Body,
    http::{self, Method, Request, StatusCode, header},
};
use serde::Deserialize;
use serde_json::{Value, json};
use time::Duration;

use crate::{
    SERVER_VERSION,
    auth::identify,
    clock::{self, Clock},
    failure::Failure,
    faults::Fault,
    http::{body, query_string},
    mail,
    projects::Project,
    random, services,
    state::State,
};

/// Below which path it is.
const ROOT: &str = "/_emulator";

/// A header of the calls that the page makes: they are not among the requests that it shows.
pub(crate) const OF_PAGE: &str = "x-emulator-page";

type Answer = Result<(StatusCode, Value), Failure>;

/// Whether a request is for this API or the page.
pub(crate) fn is_for(request: &Request<Body>) -> bool {
    let path = request.uri().path();
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) || page::has(path)
}

/// Answers one request.
pub(crate) async fn handle(state: Arc<State>, request: Request<Body>) -> http::Response<Body> {
    if !is_from_here(&request) {
        return answer(StatusCode::FORBIDDEN, &json!({"message": "pages of other origins have no access"}));
    }
    let path = request.uri().path();
    if let Some(page) = page::get(path) {
        return page;
    }
    let path = path.strip_prefix(ROOT).unwrap_or_default().trim_matches('/').to_owned();
    let query = query_string::read(request.uri().query().unwrap_or_default());
    match (request.method(), path.as_str()) {
        (&Method::GET, "requests") => {
            // A browser that comes again says what it has.
            let known = identify::text(request.headers(), "last-event-id");
            let after =
                known.or(query.get("after").and_then(Value::as_str)).and_then(|after| after.parse().ok());
            return follow::requests(state, after.unwrap_or_default());
        }
        (&Method::GET, "events") => return follow::changes(&state),
        _ => {}
    }
    let method = request.method().clone();
    let Ok(bytes) = body::collect(request.into_body()).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE, &json!({"message": "a body has at most 12 MiB"}));
    };
    let answered = match given(&bytes) {
        Ok(given) => {
            let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
            respond(state, method, parts, given).await
        }
        Err(failure) => Err(failure),
    };
    match answered {
        Ok((status, body)) => answer(status, &body),
        Err(failure) => {
            let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            answer(status, &json!({"message": failure.message, "type": failure.kind}))
        }
    }
}

fn given(bytes: &[u8]) -> Result<Value, Failure> {
    if bytes.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(bytes).map_err(|problem| bad(&problem))
}

async fn respond(state: Arc<State>, method: Method, path: Vec<String>, given: Value) -> Answer {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    if let ("POST", ["projects", id, kind, "next"]) = (method.as_str(), parts.as_slice()) {
        return done(wait(state, id, kind, given).await?);
    }
    drop(parts);
    let work = move || {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        run(&state, &method, &parts, given)
    };
    let failed = |_| Failure::new(500, "general_server_error", "the emulator failed");
    tokio::task::spawn_blocking(work).await.map_err(failed)?
}

/// Whether no page of another origin sends it. A name that anybody can register may have been made to lead here, so a page
/// that knows the emulator by one is of another origin too.
fn is_from_here(request: &Request<Body>) -> bool {
    let host = identify::text(request.headers(), "host").unwrap_or_default();
    let same = |origin: &str| origin.split_once("://").is_some_and(|(_, authority)| authority == host);
    is_local(host) && identify::text(request.headers(), "origin").is_none_or(same)
}

/// Whether a host is an address, or a name that has a meaning in this network only.
fn is_local(host: &str) -> bool {
    let name = if host.ends_with(']') { host } else { host.rsplit_once(':').map_or(host, |(name, _)| name) };
    let is_address = name.starts_with('[') || name.parse::<std::net::Ipv4Addr>().is_ok();
    is_address || !name.contains('.') || name.ends_with(".localhost") || name.ends_with(".internal")
}

fn answer(status: StatusCode, body: &Value) -> http::Response<Body> {
    let is_empty = status == StatusCode::NO_CONTENT;
    let text = if is_empty { String::new() } else { body.to_string() };
    let mut response = http::Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if !is_empty {
        headers.insert(header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    }
    headers.insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}

fn bad(problem: &dyn std::fmt::Display) -> Failure {
    Failure::new(400, "general_argument_invalid", problem.to_string())
}

fn no_route() -> Failure {
    Failure::new(404, "general_route_not_found", "the emulator has no such route")
}

fn read<T: for<'a> Deserialize<'a>>(given: Value) -> Result<T, Failure> {
    serde_json::from_value(given).map_err(|problem| bad(&problem))
}

fn done(body: Value) -> Answer {
    Ok((StatusCode::OK, body))
}

const NOTHING: (StatusCode, Value) = (StatusCode::NO_CONTENT, Value::Null);

/// Does what one request asks for, by the parts of its path.
pub(crate) fn run(state: &State, method: &Method, path: &[&str], given: Value) -> Answer {
    match (method.as_str(), path) {
        ("GET", [""]) => done(about(state)?),
        ("GET", ["projects"]) => done(json!({ "projects": projects(state)? })),
        ("POST", ["projects"]) => add_project(state, given),
        (_, ["projects", id, rest @ ..]) => of_project(state, method, id, rest, given),
        _ => Err(no_route()),
    }
}

fn about(state: &State) -> Result<Value, Failure> {
    Ok(json!({
        "version": env!("CARGO_PKG_VERSION"), "serverVersion": SERVER_VERSION, "projects": projects(state)?,
    }))
}

fn projects(state: &State) -> Result<Vec<Value>, Failure> {
    state.projects.ids().iter().map(|id| Ok(json!({"id": id, "key": state.root_key(id)?}))).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProject {
    id: Option<String>,
    key: Option<String>,
    #[serde(default)]
    seed: Value,
    #[serde(default)]
    ids: Ids,
    now: Option<String>,
}

/// Which IDs the project makes up.
#[derive(Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Ids {
    /// As the server does.
    #[default]
    Random,
    /// `00000000000000000001` and those that follow.
    Counted,
}

fn add_project(state: &State, given: Value) -> Answer {
    let NewProject { id, key, seed, ids, now } = read(given)?;
    let seed = seed::understand(seed)?;
    let stand = |now: String| {
        let clock = clock::read(&now).and_then(Clock::standing_at);
        clock.ok_or_else(|| Failure::argument("now", "Value must be a date less than 1,000 years away"))
    };
    let clock = now.map(stand).transpose()?.unwrap_or_default();
    let id = id.unwrap_or_else(random::id);
    let key = {
        let _writing = state.writing();
        state.add_project(&id, key, Project::new(clock, ids == Ids::Counted))?
    };
    let mut made = json!({"id": id, "key": key});
    match seed::plant(state, &id, &seed) {
        Ok(keys) => made["keys"] = keys,
        Err(failure) => {
            let _writing = state.writing();
            state.remove_project(&id)?;
            return Err(failure);
        }
    }
    Ok((StatusCode::CREATED, made))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    seed: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Faults {
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    path: String,
    reads: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

fn of_project(state: &State, method: &Method, id: &str, path: &[&str], given: Value) -> Answer {
    let project = state.projects.find(id).ok_or_else(|| {
        Failure::new(404, "project_not_found", format!("the emulator has no project {id:?}"))
    })?;
    match (method.as_str(), path) {
        ("DELETE", []) => {
            let _writing = state.writing();
            state.remove_project(id)?;
            Ok(NOTHING)
        }
        ("POST", ["seed"]) => {
            let seed = seed::understand(read::<Seed>(given)?.seed)?;
            done(json!({ "keys": seed::plant(state, id, &seed)? }))
        }
        ("GET", ["mails"]) => done(json!({ "mails": mail::shown(state, id)? })),
        ("GET", ["requests"]) => {
            let scopes = |id: &str| state.schema.method(id).map(services::scopes).unwrap_or_default();
            done(json!({ "requests": state.journal.of(id, scopes) }))
        }
        ("GET", ["webhooks"]) => done(json!({ "deliveries": state.webhooks.sent(id) })),
        ("POST", ["clock"]) => {
            let seconds = read::<Advance>(given)?.seconds;
            project.advance(Duration::saturating_seconds_f64(seconds));
            done(json!({ "now": project.serve(clock::now) }))
        }
        ("PUT", ["faults"]) => {
            let faults = read::<Faults>(given)?.faults;
            faults.iter().try_for_each(|fault| fault.require_possible(&state.schema))?;
            project.faults.set(faults);
            Ok(NOTHING)
        }
        ("PUT", ["reads"]) => {
            let Planned { path, reads } = read(given)?;
            state.reads.plan(id, &path, reads.into());
            Ok(NOTHING)
        }
        ("POST", ["snapshots"]) => {
            snapshot::take(state, id, &project, &read::<Named>(given)?.name)?;
            Ok(NOTHING)
        }
        ("POST", ["snapshots", name, "restore"]) => {
            snapshot::restore(state, id, &project, name)?;
            Ok(NOTHING)
        }
        _ => Err(no_route()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_that_can_be_registered_are_not_local() {
        for host in
            ["127.0.0.1:80", "[::1]:80", "[::1]", "localhost", "appwrite:80", "host.docker.internal:80"]
        {
            assert!(super::is_local(host), "{host}");
        }
        for host in ["example.com", "127.0.0.1.example.com:80", "localhost.example.com"] {
            assert!(!super::is_local(host), "{host}");
        }
    }
}
