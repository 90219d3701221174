//! What goes wrong, in Appwrite's words: status, `type` and message.

use serde_json::{Value, json};

use crate::SERVER_VERSION;

/// What the server says of its own mistakes.
const SERVER_ERROR: &str = "Server Error";

/// A response that reports an error.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// HTTP status.
    pub(crate) status: u16,
    /// Appwrite's machine-readable `type`.
    pub(crate) kind: String,
    /// The sentence for people.
    pub(crate) message: String,
    /// Whether the server answers with its HTML page instead of JSON.
    pub(crate) page: bool,
}

impl Failure {
    /// An error of any status and type.
    pub(crate) fn new(status: u16, kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, kind: kind.into(), message: message.into(), page: false }
    }

    /// A parameter that the validators refuse (400).
    pub(crate) fn argument(name: &str, rule: impl std::fmt::Display) -> Self {
        Self::new(400, "general_argument_invalid", format!("Invalid `{name}` param: {rule}"))
    }

    /// A query that cannot be answered (400).
    pub(crate) fn query(problem: &str) -> Self {
        let message = match problem.starts_with("Invalid query") {
            true => problem.to_owned(),
            false => format!("Invalid query: {problem}"),
        };
        Self::new(400, "general_query_invalid", message)
    }

    /// A required parameter that did not arrive (400).
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(400, "general_argument_invalid", format!("Param \"{name}\" is not optional."))
    }

    /// A route that does not exist: the server answers HTML whatever the client accepts (404).
    pub(crate) fn route() -> Self {
        Self { page: true, ..Self::new(404, "general_route_not_found", "Page not found") }
    }

    /// The caller may not do this to this resource (401).
    pub(crate) fn unauthorized() -> Self {
        Self::new(
            401,
            "user_unauthorized",
            "The current user is not authorized to perform the requested action.",
        )
    }

    /// Something the emulator itself could not do (500).
    pub(crate) fn server() -> Self {
        Self::new(500, "general_server_error", SERVER_ERROR)
    }

    /// The same with its cause: people see it where they look at the emulator, callers do not.
    fn caused_by(problem: &dyn std::error::Error) -> Self {
        Self { message: problem.to_string(), ..Self::server() }
    }

    /// The caller has made too many calls (429).
    pub(crate) fn rate_limit() -> Self {
        Self::new(
            429,
            "general_rate_limit_exceeded",
            "Rate limit for the current endpoint has been exceeded. Please try again after some time.",
        )
    }

    /// The same error as an HTML page.
    pub(crate) fn into_page(self) -> Self {
        Self { page: true, ..self }
    }

    /// What callers read. As on the real server, what it could not do itself has no cause for them.
    pub(crate) fn said(&self) -> &str {
        if self.status >= 500 && self.status != 503 { SERVER_ERROR } else { &self.message }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        json!({"message": self.said(), "code": self.status, "type": self.kind, "version": SERVER_VERSION})
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(problem: rusqlite::Error) -> Self {
        Self::caused_by(&problem)
    }
}

impl From<std::io::Error> for Failure {
    fn from(problem: std::io::Error) -> Self {
        Self::caused_by(&problem)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(problem: serde_json::Error) -> Self {
        Self::caused_by(&problem)
    }
}
