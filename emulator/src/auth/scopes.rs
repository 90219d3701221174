//! Who may do what: the scopes that come with being a guest or a signed-in user.

use serde_json::Value;

/// Scopes of everybody who is not an API key.
const GUEST: &[&str] = &[
    "global",
    "public",
    "home",
    "console",
    "graphql",
    "sessions.write",
    "documents.read",
    "documents.write",
    "rows.read",
    "rows.write",
    "files.read",
    "files.write",
    "locale.read",
    "avatars.read",
    "execution.write",
    "executions.write",
];

/// Scopes a signed-in user has besides.
const USER: &[&str] = &[
    "account",
    "teams.read",
    "teams.write",
    "execution.read",
    "executions.read",
    "targets.read",
    "targets.write",
    "subscribers.read",
    "subscribers.write",
    "presences.read",
    "presences.write",
];

/// Scopes every API key has besides its own.
const KEY: &[&str] = &["global", "graphql"];

/// Whether a guest has the scope.
pub(crate) fn guest_has(scope: &str) -> bool {
    GUEST.contains(&scope)
}

/// Whether a signed-in user has the scope.
pub(crate) fn user_has(scope: &str) -> bool {
    guest_has(scope) || USER.contains(&scope)
}

/// Whether a key with this list of scopes has the scope.
pub(crate) fn key_has(granted: &Value, scope: &str) -> bool {
    KEY.contains(&scope) || granted.as_array().is_some_and(|all| all.iter().any(|granted| granted == scope))
}
