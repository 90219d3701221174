//! What goes wrong, in Appwrite's words: status, `type` and message.

use serde_json::{Value, json};

use crate::SERVER_VERSION;

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

    /// Something the emulator itself could not do (500); the cause stays inside, as on the real server.
    pub(crate) fn server() -> Self {
        Self::new(500, "general_server_error", "Server Error")
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

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let message = if self.status >= 500 && self.status != 503 { "Server Error" } else { &self.message };
        json!({"message": message, "code": self.status, "type": self.kind, "version": SERVER_VERSION})
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(_: rusqlite::Error) -> Self {
        Self::server()
    }
}

impl From<std::io::Error> for Failure {
    fn from(_: std::io::Error) -> Self {
        Self::server()
    }
}

impl From<serde_json::Error> for Failure {
    fn from(_: serde_json::Error) -> Self {
        Self::server()
    }
}
