//! Mail that is written and never sent.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{call::Call, clock, control::has, failure::Failure, random, services, state::State};

/// A message the real server would have mailed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// The address it would have gone to.
    pub to: String,
    /// What it is for: `verification`, `recovery`, `magic-url`, `email` and `challenge` (codes), or `invitation`.
    pub kind: String,
    /// The user it is for.
    pub user_id: String,
    /// The secret in its link, or the code.
    pub secret: String,
    /// The link, where the call has named a page: with the parameters that the page hands to the call which confirms.
    pub link: Option<String>,
    /// When it was written.
    pub at: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Mail")
            .field("to", &self.to)
            .field("kind", &self.kind)
            .field("user_id", &self.user_id)
            .field("secret", &"[redacted]")
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// Writes a message to a user. If the call names a page, it links there, with the parameters `of_link` and those that every
/// link has.
pub(crate) fn write(
    call: &Call,
    user: &Value,
    kind: &str,
    secret: &Value,
    of_link: &[(&str, &Value)],
) -> Result<(), Failure> {
    let all = [("userId", &user["$id"]), ("secret", secret)];
    let page = call.text("url").filter(|url| !url.is_empty());
    let link = page.map(|page| link(page, all.iter().chain(of_link)));
    let id = random::hex(20);
    let mail = json!({
        "to": user["email"], "kind": kind, "userId": user["$id"], "secret": secret, "link": link, "at": clock::now(),
        "_id": id,
    });
    call.state.store.put(&outbox(&call.project), &id, &mail)
}

fn outbox(project: &str) -> String {
    format!("{project}/outbox")
}

/// A page's URL with parameters more, before its fragment.
fn link<'a>(page: &str, params: impl Iterator<Item = &'a (&'a str, &'a Value)>) -> String {
    let (address, fragment) = page.split_at(page.find('#').unwrap_or(page.len()));
    let mut link = address.to_owned();
    for (name, value) in params {
        let value = utf8_percent_encode(value.as_str().unwrap_or_default(), NON_ALPHANUMERIC);
        link.push(if link.contains('?') { '&' } else { '?' });
        link.push_str(&format!("{name}={value}"));
    }
    link + fragment
}

/// All messages of a project as programs read them, oldest first.
pub(crate) fn shown(state: &State, project: &str) -> Result<Vec<Value>, Failure> {
    Ok(state.store.all(&outbox(project))?.iter().map(services::public).collect())
}

/// The oldest message with the wanted fields that was not taken before; now it is.
pub(crate) fn take(
    state: &State,
    project: &str,
    wanted: &Map<String, Value>,
) -> Result<Option<Value>, Failure> {
    let _writing = state.writing();
    let mails = state.store.all(&outbox(project))?;
    let Some(mut mail) = mails.into_iter().find(|mail| mail["_taken"].is_null() && has(mail, wanted)) else {
        return Ok(None);
    };
    mail["_taken"] = json!(true);
    state.store.put(&outbox(project), mail["_id"].as_str().unwrap_or_default(), &mail)?;
    Ok(Some(services::public(&mail)))
}

/// All messages of a project. A store that cannot be read has none.
pub(crate) fn all(state: &State, project: &str) -> Vec<Mail> {
    let mails = state.store.all(&outbox(project)).unwrap_or_default();
    let text = |mail: &Value, name: &str| mail[name].as_str().unwrap_or_default().to_owned();
    mails
        .iter()
        .map(|mail| Mail {
            to: text(mail, "to"),
            kind: text(mail, "kind"),
            user_id: text(mail, "userId"),
            secret: text(mail, "secret"),
            link: mail["link"].as_str().map(str::to_owned),
            at: text(mail, "at"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_what_the_page_has() {
        let (id, secret) = (json!("u"), json!("a b"));
        let params = [("userId", &id), ("secret", &secret)];
        assert_eq!(
            link("https://example.com/?a=1#here", params.iter()),
            "https://example.com/?a=1&userId=u&secret=a%20b#here"
        );
        assert_eq!(link("https://example.com/", params[..1].iter()), "https://example.com/?userId=u");
    }
}
