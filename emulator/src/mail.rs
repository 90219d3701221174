//! Mail that is written and never sent.

use serde_json::{Value, json};

use crate::{call::Call, failure::Failure, random, state::State};

/// A message the real server would have mailed.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address it would have gone to.
    pub to: String,
    /// What it is for: `verification`, `recovery`, `magic-url`, `email` and `challenge` (codes), or `invitation`.
    pub kind: String,
    /// The user it is for.
    pub user_id: String,
    /// The secret in its link, or the code.
    pub secret: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Mail")
            .field("to", &self.to)
            .field("kind", &self.kind)
            .field("user_id", &self.user_id)
            .field("secret", &"[redacted]")
            .finish()
    }
}

/// Writes a message to a user.
pub(crate) fn write(call: &Call, user: &Value, kind: &str, secret: &Value) -> Result<(), Failure> {
    let mail = json!({"to": user["email"], "kind": kind, "userId": user["$id"], "secret": secret});
    call.state.store.put(&call.collection("outbox"), &random::hex(20), &mail)
}

/// All messages of a project. A store that cannot be read has none.
pub(crate) fn all(state: &State, project: &str) -> Vec<Mail> {
    let mails = state.store.all(&format!("{project}/outbox")).unwrap_or_default();
    let text = |mail: &Value, name: &str| mail[name].as_str().unwrap_or_default().to_owned();
    mails
        .iter()
        .map(|mail| Mail {
            to: text(mail, "to"),
            kind: text(mail, "kind"),
            user_id: text(mail, "userId"),
            secret: text(mail, "secret"),
        })
        .collect()
}
