//! What happens to a request, from its first header to the response.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use axum::{
    body::Body,
    http::{self, Request, StatusCode, request::Parts},
};
use bytes::Bytes;
use polywrite_api::{HttpMethod, Method};
use serde_json::{Map, Value};
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    Like,
    auth::{
        Caller,
        identify::{self, identify},
    },
    call::Call,
    clock, control,
    failure::Failure,
    faults::Mishap,
    http::{
        body::{self, Content, Trouble},
        broken,
        format::Format,
        multipart::Upload,
        origin, query_string,
        respond::{self, Client},
    },
    journal::Entry,
    params::{self, Given},
    projects::Project,
    realtime,
    response::{self, Handled, Response},
    router::{self, Match},
    services,
    state::{CONSOLE, State},
};

/// Methods whose responses the server keeps: they say so, and what went wrong carries its headers twice.
const CACHED: &[&str] = &[
    "avatars.getBrowser",
    "avatars.getCreditCard",
    "avatars.getFavicon",
    "avatars.getFlag",
    "avatars.getImage",
    "storage.getFilePreview",
];

/// Refusals that come before the server has looked at the route.
const EARLY: &[&str] = &["project_id_missing", "user_jwt_and_cookie_set", "user_jwt_invalid"];

/// Answers one request.
pub(crate) async fn handle(state: Arc<State>, request: Request<Body>) -> http::Response<Body> {
    if realtime::is_asked_for(&request) {
        return realtime::connect(state, request);
    }
    if control::is_for(&request) {
        return control::handle(state, request).await;
    }
    let (parts, body) = request.into_parts();
    let client = client(&parts);
    let bytes = match body::collect(body).await {
        Ok(bytes) => bytes,
        Err(Trouble::TooLarge) => return too_large(),
        Err(Trouble::Broken) => return http::Response::new(Body::empty()),
    };
    let Ok(place) = Arc::clone(&state.places).acquire_owned().await else {
        return http::Response::new(Body::empty());
    };
    if is_quick(&state, &parts, &bytes) {
        let work = AssertUnwindSafe(|| answer(&state, &parts, &bytes, client, place));
        return std::panic::catch_unwind(work).unwrap_or_else(|_| broken_down(client));
    }
    // The others are short as well but do read and write files: keep them off the threads that serve connections.
    let worked = tokio::task::spawn_blocking(move || answer(&state, &parts, &bytes, client, place)).await;
    worked.unwrap_or_else(|_| broken_down(client))
}

/// What a call that panicked answers.
fn broken_down(client: Client) -> http::Response<Body> {
    respond::failure(&Failure::server(), &[], client)
}

/// The largest body of a call that is quick, in bytes.
const QUICK: usize = 16 * 1024;

/// Whether a call takes less time than its way to another thread and back: it is about one row, and waits for nothing.
fn is_quick(state: &State, parts: &Parts, bytes: &Bytes) -> bool {
    let mut path = parts.uri.path().split('/').skip(2);
    let is_of_rows = matches!(path.next(), Some("tablesdb" | "databases"))
        && matches!(path.nth(3), Some("rows" | "documents"))
        && (parts.method == "POST" || path.next().is_some());
    let project = identify::text(&parts.headers, "x-appwrite-project").and_then(|id| state.projects.find(id));
    let is_faultless = project.is_some_and(|project| project.faults.is_empty());
    is_of_rows && bytes.len() <= QUICK && is_faultless && state.is_free()
}

fn client(parts: &Parts) -> Client {
    let encodings = identify::text(&parts.headers, "accept-encoding").unwrap_or_default();
    Client { is_head: parts.method == "HEAD", reads_gzip: reads_gzip(encodings) }
}

/// Whether a list of encodings has gzip in it, and not as one that is unwanted: `gzip;q=0`.
fn reads_gzip(encodings: &str) -> bool {
    encodings.split(',').any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
        is_gzip && weight.is_none_or(|weight| weight > 0.0)
    })
}

/// What the server in front says to a body over its limit; the connection does not survive it.
fn too_large() -> http::Response<Body> {
    let mut response = http::Response::new(Body::empty());
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response.headers_mut().insert("connection", axum::http::HeaderValue::from_static("close"));
    response
}

fn answer(
    state: &State,
    parts: &Parts,
    bytes: &Bytes,
    client: Client,
    place: OwnedSemaphorePermit,
) -> http::Response<Body> {
    let started = Instant::now();
    let query = query_string::read(parts.uri.query().unwrap_or_default());
    let mut exchange = Exchange {
        state,
        parts,
        query,
        headers: Vec::new(),
        seen: Entry::default(),
        breaks: false,
        place: Some(place),
    };
    let project = exchange.project();
    let served = project.as_ref().and_then(|project| state.projects.find(project));
    let work = || {
        exchange.seen.at = clock::now();
        exchange.run(bytes, project, served.as_deref())
    };
    let handled = match &served {
        Some(served) => served.serve(work),
        None => work(),
    };
    let Exchange { headers, mut seen, breaks, .. } = exchange;
    let text = match &handled {
        Ok(response) => response.text(),
        Err(failure) => {
            seen.error = Some((failure.kind.clone(), failure.message.clone()));
            None
        }
    };
    seen.response = text.clone().unwrap_or_default();
    let response = match handled {
        Ok(response) => respond::success(response, text, &headers, client),
        Err(failure) => respond::failure(&failure, &headers, client),
    };
    seen.method = parts.method.to_string();
    seen.path = parts.uri.to_string();
    seen.status = response.status().as_u16();
    seen.milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    if !parts.headers.contains_key(control::OF_PAGE) {
        state.journal.add(seen);
    }
    if breaks { response.map(broken::body) } else { response }
}

/// A request on its way to a response.
struct Exchange<'a> {
    state: &'a State,
    parts: &'a Parts,
    query: Map<String, Value>,
    /// Headers gathered on the way; they go out whatever happens later.
    headers: Vec<(&'static str, String)>,
    /// What the journal says of it.
    seen: Entry,
    /// Whether the response breaks off.
    breaks: bool,
    /// Its place among those that work at the same time, until it has to wait for something else than work.
    place: Option<OwnedSemaphorePermit>,
}

impl<'a> Exchange<'a> {
    /// The steps in the server's order.
    fn run(&mut self, bytes: &Bytes, project: Option<String>, served: Option<&Project>) -> Handled {
        self.seen.project = project.clone().unwrap_or_default();
        if let Some(origin) = self.header("origin") {
            let project = project.as_deref().unwrap_or(CONSOLE);
            self.headers.extend(origin::headers(self.state, project, origin)?);
        }
        if self.parts.method == "OPTIONS" {
            return Ok(Response::empty());
        }
        let mut found = self.route()?;
        let content = body::understand(self.header("content-type").unwrap_or_default(), bytes);
        let method =
            router::choose(&self.state.schema, &found, &content.fields).ok_or_else(Failure::route)?;
        self.seen.operation = method.id.clone();
        if let Some(served) = served {
            self.meet(served.faults.next(&method.id))?;
        }
        let format = Format::read(self.header("x-appwrite-response-format"));
        if method.service != "graphql" {
            self.headers.extend(format.warning().map(|warning| ("x-appwrite-warning", warning)));
        }
        let in_path = || found.values.get("project_id").and_then(Value::as_str).map(str::to_owned);
        let project = project.or_else(in_path);
        let identified = self.identify(project);
        // The server adds the header on its way to the route; these come before, and GraphQL goes another way.
        let is_early = matches!(&identified, Err(failure) if EARLY.contains(&failure.kind.as_str()));
        if method.service != "graphql" && !is_early {
            self.headers.push(("x-content-type-options", "nosniff".to_owned()));
        }
        let (project, caller) = identified?;
        self.seen.caller = caller.name();
        if caller.user().is_some() {
            self.seen.roles = caller.roles();
        }
        self.admit(&project, method, &caller)?;
        self.limit(&project, method, &caller, &content)?;
        if CACHED.contains(&method.id.as_str()) {
            self.headers.push(("x-appwrite-cache", "miss".to_owned()));
            self.headers.extend(respond::NO_CACHE.map(|(name, value)| (name, value.to_owned())));
        }
        let path = std::mem::take(&mut found.values);
        let mut response = self.call(project, method, caller, path, content)?;
        if let response::Body::Json(body) = &mut response.body {
            format.apply(method, body);
        }
        Ok(response)
    }

    /// Lets a fault happen.
    fn meet(&mut self, mishap: Mishap) -> Result<(), Failure> {
        if !mishap.delay.is_zero() {
            self.place = None;
            std::thread::sleep(mishap.delay);
        }
        self.breaks = mishap.cut;
        mishap.failure.map_or(Ok(()), Err)
    }

    fn header(&self, name: &str) -> Option<&'a str> {
        identify::text(&self.parts.headers, name)
    }

    /// The project asked for: by header, or by a parameter of the query.
    fn project(&self) -> Option<String> {
        let in_query = self.query.get("project").and_then(Value::as_str);
        self.header("x-appwrite-project").or(in_query).map(str::to_owned)
    }

    fn route(&mut self) -> Result<Match, Failure> {
        let http_method = if self.parts.method == "HEAD" { "GET" } else { self.parts.method.as_str() };
        let path = self.parts.uri.path().strip_prefix("/v1");
        let path = path.filter(|path| path.is_empty() || path.starts_with('/'));
        path.and_then(|path| self.state.router.find(http_method, path)).ok_or_else(|| {
            self.headers.push(("x-content-type-options", "nosniff".to_owned()));
            Failure::route()
        })
    }

    fn identify(&self, project: Option<String>) -> Result<(String, Caller), Failure> {
        let Some(project) = project else {
            if self.header("x-appwrite-key").is_some() {
                return Err(Failure::new(
                    403,
                    "project_id_missing",
                    "When using project API key, make sure to pass x-appwrite-project header with your project ID.",
                ));
            }
            return Ok((CONSOLE.to_owned(), identify(self.state, CONSOLE, &self.parts.headers)?));
        };
        if !self.state.has_project(&project) {
            return Err(Failure::new(
                404,
                "project_not_found",
                "Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project \
                 header to ensure the correct project ID is being used.",
            ));
        }
        if self.state.like == Like::V2_0 && self.header("x-appwrite-dev-key").is_some() {
            return Err(Failure::new(410, "dev_key_gone", "Development keys are no longer supported."));
        }
        let caller = identify(self.state, &project, &self.parts.headers)?;
        Ok((project, caller))
    }

    /// Origin, scopes, second factors.
    fn admit(&self, project: &str, method: &Method, caller: &Caller) -> Result<(), Failure> {
        if let Some(origin) = self.header("origin").filter(|_| !caller.is_key()) {
            origin::require_known(self.state, project, origin)?;
        }
        if !services::allows(method, caller) {
            let host = self.header("host").unwrap_or("127.0.0.1");
            let title = caller.title(project, host);
            let message = format!("{title} missing scopes ({})", Value::from(services::scopes(method)));
            return Err(Failure::new(401, "general_unauthorized_scope", message));
        }
        if services::needs_second_factor(self.state, project, method, caller)? {
            return Err(Failure::new(
                401,
                "user_more_factors_required",
                "More factors are required to complete the sign in process.",
            ));
        }
        Ok(())
    }

    fn limit(
        &mut self,
        project: &str,
        method: &Method,
        caller: &Caller,
        content: &Content,
    ) -> Result<(), Failure> {
        let exempt = caller.is_key() || self.header("x-appwrite-dev-key").is_some();
        if method.service == "graphql" {
            return Ok(());
        }
        let counted = self.state.limits.count(method, (project, caller.user_id()), &content.fields, exempt);
        let Some((standing, refusal)) = counted else { return Ok(()) };
        self.headers.extend(standing.headers());
        refusal.map_or(Ok(()), Err)
    }

    /// Checks the parameters and lets the service do it.
    fn call(
        &mut self,
        project: String,
        method: &'a Method,
        caller: Caller,
        path: Map<String, Value>,
        content: Content,
    ) -> Handled {
        let mut given =
            Given { path, query: self.query.clone(), body: content.fields, form: content.is_form };
        // A DELETE may carry its queries in the query string as well.
        if self.parts.method == "DELETE" && given.body.is_empty() {
            given.body = given.query.clone();
        }
        let upload = take_upload(method, content.files);
        let mut call = Call {
            state: self.state,
            method,
            project,
            caller,
            params: Map::new(),
            upload,
            headers: self.parts.headers.clone(),
            path: self.parts.uri.path().trim_start_matches("/v1").trim_end_matches('/').to_owned(),
        };
        if method.service == "graphql" {
            let _writing = self.state.writing();
            return services::graphql::answer(&call, &given, content.list);
        }
        call.params = params::check(&self.state.schema, method, &given)?;
        self.seen.params = params::shown(method, &call.params);
        if services::waits(method) {
            self.place = None;
        }
        let before = realtime::Before::of(&call);
        let mut response = services::dispatch(&call)?;
        realtime::report(&call, before, &response);
        if let (HttpMethod::Get, response::Body::Json(body)) = (method.http_method, &mut response.body) {
            self.state.reads.show(&call.project, &call.path, body);
        }
        Ok(response)
    }
}

fn take_upload(method: &Method, files: Vec<(String, Upload)>) -> Option<Upload> {
    let wanted = &method.upload.as_ref()?.file;
    files.into_iter().find(|(name, _)| name == wanted).map(|(_, upload)| upload)
}
