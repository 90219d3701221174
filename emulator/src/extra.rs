//! Routes that a real server has and the definition does not describe, for they are no method of any SDK.

use indexmap::IndexMap;
use polywrite_api::{Api, Availability, Content, HttpMethod, Method, Param, Place, Returns, Type};

/// ID, HTTP method, path, scopes, parameters outside of the path (`name!` is required, `name[]` a list).
type Route = (&'static str, HttpMethod, &'static str, &'static [&'static str], &'static str);

const SESSIONS: &[&str] = &["sessions.write"];
const DATABASES: &[&str] = &["databases.read"];
const FILES: &[&str] = &["files.read"];
const ROWS: &[&str] = &["rows.read", "documents.read"];
const TARGETS: &[&str] = &["targets.write", "account"];

const ROUTES: &[Route] = &[
    (
        "account.createPushTarget",
        HttpMethod::Post,
        "/account/targets/push",
        TARGETS,
        "targetId! identifier! providerId",
    ),
    ("account.updatePushTarget", HttpMethod::Put, "/account/targets/{targetId}/push", TARGETS, "identifier!"),
    ("account.deletePushTarget", HttpMethod::Delete, "/account/targets/{targetId}/push", TARGETS, ""),
    (
        "account.createOAuth2Session",
        HttpMethod::Get,
        "/account/sessions/oauth2/{provider}",
        SESSIONS,
        "success failure scopes[]",
    ),
    ("graphql.get", HttpMethod::Get, "/graphql", &["graphql"], "query!"),
    ("health.getVersion", HttpMethod::Get, "/health/version", &["public"], ""),
    ("health.getStats", HttpMethod::Get, "/health/stats", &["root"], ""),
    ("project.getUsage", HttpMethod::Get, "/project/usage", &["projects.read"], "startDate! endDate! period"),
    ("users.getUsage", HttpMethod::Get, "/users/usage", &["users.read"], "range"),
    ("storage.getUsage", HttpMethod::Get, "/storage/usage", FILES, "range"),
    ("storage.getBucketUsage", HttpMethod::Get, "/storage/{bucketId}/usage", FILES, "range"),
    ("tablesDB.getUsage", HttpMethod::Get, "/tablesdb/{databaseId}/usage", DATABASES, "range"),
    ("databases.getUsage", HttpMethod::Get, "/databases/{databaseId}/usage", DATABASES, "range"),
    (
        "tablesDB.listRowLogs",
        HttpMethod::Get,
        "/tablesdb/{databaseId}/tables/{tableId}/rows/{rowId}/logs",
        ROWS,
        "queries[]",
    ),
    (
        "databases.listDocumentLogs",
        HttpMethod::Get,
        "/databases/{databaseId}/collections/{collectionId}/documents/{documentId}/logs",
        ROWS,
        "queries[]",
    ),
    (
        "tablesDB.listTableLogs",
        HttpMethod::Get,
        "/tablesdb/{databaseId}/tables/{tableId}/logs",
        &["tables.read", "collections.read"],
        "queries[]",
    ),
    ("teams.listLogs", HttpMethod::Get, "/teams/{teamId}/logs", &["teams.read"], "queries[]"),
];

/// The routes as methods, without those that the definition has come to describe.
pub(crate) fn methods(api: &Api) -> Vec<Method> {
    let is_new =
        |route: &&Route| !api.methods().any(|method| method.http_method == route.1 && method.path == route.2);
    ROUTES.iter().filter(is_new).map(method).collect()
}

fn method((id, http_method, path, scopes, params): &Route) -> Method {
    let (service, name) = id.split_once('.').unwrap_or(("", id));
    let places = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let place = if *http_method == HttpMethod::Get { Place::Query } else { Place::Body };
    let mut all: IndexMap<String, Param> =
        places.map(|name| (name.to_owned(), param(name, true, Type::String, Place::Path))).collect();
    for text in params.split_whitespace() {
        let name = text.trim_end_matches(['!', '[', ']']);
        let kind = if text.ends_with(']') { Type::Array(Box::new(Type::String)) } else { Type::String };
        all.insert(name.to_owned(), param(name, text.ends_with('!'), kind, place));
    }
    Method {
        id: (*id).to_owned(),
        name: name.to_owned(),
        service: service.to_owned(),
        http_method: *http_method,
        path: (*path).to_owned(),
        self_hosted_path: None,
        about: String::new(),
        params: all,
        returns: Returns::Json,
        generic: false,
        content: if *http_method == HttpMethod::Get { Content::None } else { Content::Json },
        accept: "application/json".to_owned(),
        headers: IndexMap::new(),
        list: None,
        dated_by: None,
        several: false,
        project_header: true,
        upload: None,
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        auth: Vec::new(),
        rate_limit: id.contains("OAuth2").then_some(50),
        available: Availability::default(),
        deprecated: None,
        alias_of: None,
    }
}

fn param(name: &str, required: bool, kind: Type, place: Place) -> Param {
    Param {
        name: name.to_owned(),
        kind,
        self_hosted_kind: None,
        required,
        nullable: false,
        place,
        source: None,
        secret: false,
        available: Availability::default(),
        about: String::new(),
    }
}
