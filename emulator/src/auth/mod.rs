//! Who is calling, and what that allows.

pub(crate) mod identify;
pub(crate) mod jwt;
pub(crate) mod password;
pub(crate) mod permission;
pub(crate) mod scopes;
pub(crate) mod session;
pub(crate) mod totp;

use std::sync::Arc;

use serde_json::{Value, json};

/// Who sent a request.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// A guest.
    Guest,
    /// An API key: its document, with a `name` for logs and the `scopes` it has.
    Key(Arc<Value>),
    /// A signed-in user.
    User {
        /// The user's document.
        user: Box<Value>,
        /// The ID of the session they use.
        session: String,
        /// Every role they have, `any` first.
        roles: Vec<String>,
    },
}

impl Caller {
    /// A key that has a name and no scopes, for calls of the emulator's own that ask for none.
    pub(crate) fn own(name: &str) -> Self {
        Self::Key(Arc::new(json!({"name": name})))
    }

    /// Whether an API key calls: it passes every permission.
    pub(crate) fn is_key(&self) -> bool {
        matches!(self, Self::Key(_))
    }

    /// The signed-in user's document.
    pub(crate) fn user(&self) -> Option<&Value> {
        match self {
            Self::User { user, .. } => Some(user),
            _ => None,
        }
    }

    /// The signed-in user's ID, or an empty text.
    pub(crate) fn user_id(&self) -> &str {
        self.user().and_then(|user| user["$id"].as_str()).unwrap_or_default()
    }

    /// The ID of the current session, or an empty text.
    pub(crate) fn session(&self) -> &str {
        match self {
            Self::User { session, .. } => session,
            _ => "",
        }
    }

    /// Who it is: `key NAME`, `user ID` or `guest`.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Guest => "guest".to_owned(),
            Self::Key(key) => format!("key {}", key["name"].as_str().unwrap_or_default()),
            Self::User { .. } => format!("user {}", self.user_id()),
        }
    }

    /// The roles that permissions are matched against.
    pub(crate) fn roles(&self) -> Vec<String> {
        match self {
            Self::User { roles, .. } => roles.clone(),
            _ => vec!["any".to_owned(), "guests".to_owned()],
        }
    }

    /// Whether one of the scopes is theirs; no scopes asked for is a yes.
    pub(crate) fn has_any_scope(&self, wanted: &[String]) -> bool {
        wanted.is_empty()
            || wanted.iter().any(|scope| match self {
                Self::Guest => scopes::guest_has(scope),
                Self::User { .. } => scopes::user_has(scope),
                Self::Key(key) => scopes::key_has(&key["scopes"], scope),
            })
    }

    /// How the server names them in messages about missing scopes.
    pub(crate) fn title(&self, project: &str, host: &str) -> String {
        match self {
            Self::Guest => "User (role: guests)".to_owned(),
            Self::Key(_) => {
                let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
                format!("app.{project}@service.{host} (role: applications)")
            }
            Self::User { user, .. } => {
                let email = user["email"].as_str().filter(|email| !email.is_empty());
                format!("{} (role: users)", email.unwrap_or("User"))
            }
        }
    }

    /// The permissions a user's new row or file has when none are given.
    pub(crate) fn default_permissions(&self) -> Value {
        match self {
            Self::User { .. } => {
                let id = self.user_id();
                json!([
                    format!("read(\"user:{id}\")"),
                    format!("update(\"user:{id}\")"),
                    format!("delete(\"user:{id}\")")
                ])
            }
            _ => json!([]),
        }
    }
}
