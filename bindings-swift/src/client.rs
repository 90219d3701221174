//! Clients: settings and credentials, immutable.

use std::collections::HashMap;
use std::sync::Arc;

use polywrite::{Client, ClientConfig};
use polywrite_bridge::{client, credential};

use crate::error::Result;

/// An immutable client; what changes it makes another one. All of them share their connections.
#[derive(uniffi::Object)]
pub struct NativeClient(pub(crate) Client);

/// Receives texts from the runtime's threads: it must not wait.
#[uniffi::export(callback_interface)]
pub trait Listener: Send + Sync {
    /// The next text: a warning, or how far a transfer is, as a JSON object.
    fn receive(&self, text: String);
}

#[uniffi::export]
impl NativeClient {
    /// A client for Appwrite's cloud, without project or credentials.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Self::of(client("Swift", "swift"))
    }

    /// A client with these settings, and the environment's for what they leave out.
    pub fn with_env(&self) -> Result<Arc<Self>> {
        Ok(Self::of(self.0.with_env()?))
    }

    /// A client with the credential in the headers of a request to a function: as the function itself, or as the user
    /// who called it.
    pub fn with_function(&self, headers: HashMap<String, String>, user: bool) -> Result<Arc<Self>> {
        Ok(Self::of(match user {
            true => self.0.with_function_user(headers)?,
            false => self.0.with_function_headers(headers)?,
        }))
    }

    /// A client with a patch of its settings applied, given as camel-case JSON.
    pub fn configure(&self, patch: String) -> Result<Arc<Self>> {
        Ok(Self::of(self.0.configure(&ClientConfig::from_json(&patch)?)?))
    }

    /// A client with this credential and no other. `kind` is the setting's name, or `none` for a guest.
    pub fn with_credential(&self, kind: String, secret: String) -> Result<Arc<Self>> {
        Ok(Self::of(self.0.with_credential(credential(&kind, secret)?)?))
    }

    /// A client with the session in a browser's `cookie` header, and no other credential.
    pub fn with_session_of(&self, cookies: String) -> Result<Arc<Self>> {
        Ok(Self::of(self.0.with_session_of(&cookies)?))
    }

    /// A client whose server's warnings go to the listener: all of them, or each different one once in a process.
    pub fn on_warning(&self, all: bool, listener: Box<dyn Listener>) -> Arc<Self> {
        let receive = move |warning: &str| listener.receive(warning.to_owned());
        Self::of(if all { self.0.on_warning(receive) } else { self.0.on_new_warning(receive) })
    }

    /// Where the API is, without a slash at its end.
    pub fn endpoint(&self) -> String {
        self.0.endpoint().to_owned()
    }

    /// The ID of the project.
    pub fn project(&self) -> Option<String> {
        self.0.project().map(str::to_owned)
    }
}

impl NativeClient {
    fn of(client: Client) -> Arc<Self> {
        Arc::new(Self(client))
    }
}
