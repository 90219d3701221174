//! Clients: what they start from, how one is made of another, and what they are set to.

use std::collections::{BTreeMap, HashMap};

use polywrite::{Change, Client, ClientConfig, Credential, Error, Result, SdkIdentity};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::warnings;

/// What a language's clients start from: defaults, and the language's names for the server, such as `Node.js` and
/// `nodejs`. The version is that of all packages. Its server's warnings are kept for [`warnings`](crate::runtime::warnings).
pub fn client(name: &'static str, language: &'static str) -> Client {
    let sdk = SdkIdentity { name: name.to_owned(), language: language.to_owned(), ..SdkIdentity::default() };
    let named = Client::new().configure(&ClientConfig { sdk: Change::To(sdk), ..ClientConfig::default() });
    // Our languages have names that headers can carry.
    named.unwrap_or_else(|_| Client::new()).on_new_warning(warnings::keep)
}

/// The credential by the name of its setting, such as `key` or `devKey`, or `none` for a guest.
///
/// # Errors
/// `Configuration` for any other kind.
fn credential(kind: &str, secret: String) -> Result<Credential> {
    Credential::named(kind, secret)
        .ok_or_else(|| Error::configuration(format!("unknown kind of credential `{kind}`")))
}

/// How one client is made of another, as a record says it in JSON: `{"settings":{"key":"…"}}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Made<'record> {
    /// With a patch of settings.
    #[serde(borrow)]
    Settings(&'record RawValue),
    /// With one credential and no other.
    Credential(String, String),
    /// With what environment variables say: these, or without them the process's own.
    Environment(Option<HashMap<String, String>>),
    /// With the credential in the headers of a request to a function: its own, or that of the user who called it.
    Function { headers: Vec<(String, String)>, user: bool },
    /// One whose calls belong to a transaction that this one has begun, by its number.
    Transaction(u32),
    /// With only the session that stands under one of the names of `Client::session_sources`.
    Session(Vec<(String, String)>),
}

/// A client that is made of another one.
///
/// # Errors
/// `Configuration` for a record of another shape, which is not shown, and as the methods of [`Client`].
pub fn made_of(client: &Client, record: &str) -> Result<Client> {
    let made = serde_json::from_str(record).map_err(|_| Error::configuration("this makes no client"))?;
    match made {
        Made::Settings(patch) => client.configure(&ClientConfig::from_json(patch.get())?),
        other => other_than_settings(client, other),
    }
}

// In wasm a function is compiled when it is called first, and all that every program needs first is a client with settings.
#[inline(never)]
fn other_than_settings(client: &Client, made: Made<'_>) -> Result<Client> {
    match made {
        Made::Settings(patch) => client.configure(&ClientConfig::from_json(patch.get())?),
        Made::Credential(kind, secret) => client.with_credential(credential(&kind, secret)?),
        Made::Transaction(number) => crate::step::within(number),
        Made::Environment(None) => client.with_env(),
        Made::Environment(Some(variables)) => client.with_variables(|name| variables.get(name).cloned()),
        Made::Function { headers, user: true } => client.with_function_user(headers),
        Made::Function { headers, user: false } => client.with_function_headers(headers),
        Made::Session(found) => client.with_session_among(found),
    }
}

/// What a client is set to, as JSON text. Its headers are those that every call sends, names in lower case; nothing may
/// print those that are hidden. `sessionSources` names where a visitor's session may be, none without a project.
pub fn described(client: &Client) -> String {
    let headers: BTreeMap<_, _> = client.headers().collect();
    json!({
        "endpoint": client.endpoint(),
        "project": client.project(),
        "selfSigned": client.is_self_signed(),
        "headers": headers,
        "hidden": client.hidden_headers().collect::<Vec<_>>(),
        "sessionSources": client.session_sources().map(Vec::from).unwrap_or_default(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::{client, described, made_of};

    #[test]
    fn the_server_knows_which_language_calls() {
        let client = client("Node.js", "nodejs");
        for (wanted, value) in [
            ("x-sdk-name", "Node.js"),
            ("x-sdk-platform", "server"),
            ("x-sdk-language", "nodejs"),
            ("x-sdk-version", env!("CARGO_PKG_VERSION")),
        ] {
            assert!(client.headers().any(|(name, found)| name == wanted && found == value), "{wanted}");
        }
    }

    #[test]
    fn a_record_says_how_a_client_is_made_of_another() {
        let first = client("Node.js", "nodejs");
        let mut made = made_of(&first, r#"{"settings":{"project":"p","selfSigned":true}}"#).unwrap();
        for (record, header) in [
            (r#"{"credential":["key","s3cret"]}"#, "x-appwrite-key"),
            (r#"{"function":{"headers":[["x-appwrite-user-jwt","s3cret"]],"user":true}}"#, "x-appwrite-jwt"),
            (r#"{"session":[["cookie","a_session_p=s3cret"]]}"#, "x-appwrite-session"),
        ] {
            made = made_of(&made, record).unwrap();
            let shown: serde_json::Value = serde_json::from_str(&described(&made)).unwrap();
            assert_eq!(shown["headers"][header], "s3cret", "{record}");
            assert_eq!(shown["hidden"], serde_json::json!([header]), "no other credential");
            assert_eq!((&shown["project"], &shown["selfSigned"]), (&"p".into(), &true.into()));
        }
        let variables = r#"{"environment":{"APPWRITE_ENDPOINT":"http://127.0.0.1/v1"}}"#;
        assert_eq!(made_of(&made, variables).unwrap().endpoint(), "http://127.0.0.1/v1");
        for record in [r#"{"credential":["s3cret"]}"#, r#"{"settings":{"key":["s3cret"]}}"#, "s3cret"] {
            assert!(!made_of(&made, record).unwrap_err().to_string().contains("s3cret"), "{record}");
        }
    }
}
