//! Clients: settings and credentials, immutable.

use std::collections::HashMap;
use std::sync::Arc;

use polywrite::{Client, ClientConfig};
use polywrite_bridge::credential;

use crate::error::NativeError;

/// An immutable client; whatever changes it makes another one. All of them share their connections.
#[derive(Debug, uniffi::Object)]
pub struct NativeClient {
    pub(crate) client: Client,
}

#[uniffi::export]
impl NativeClient {
    /// A client for Appwrite's cloud, without project or credentials.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Self::of(base())
    }

    /// A client with these settings, and the environment's for what they leave out.
    pub fn with_env(&self) -> Result<Arc<Self>, NativeError> {
        Ok(Self::of(self.client.with_env()?))
    }

    /// A client that acts as an Appwrite Function, from the headers of a request to it.
    pub fn with_function_headers(&self, headers: HashMap<String, String>) -> Result<Arc<Self>, NativeError> {
        Ok(Self::of(self.client.with_function_headers(headers)?))
    }

    /// A client that acts as the user who called an Appwrite Function, from the headers of that request.
    pub fn with_function_user(&self, headers: HashMap<String, String>) -> Result<Arc<Self>, NativeError> {
        Ok(Self::of(self.client.with_function_user(headers)?))
    }

    /// A client with a patch of its settings applied, given as camel-case JSON.
    pub fn configure(&self, patch: String) -> Result<Arc<Self>, NativeError> {
        Ok(Self::of(self.client.configure(&ClientConfig::from_json(&patch)?)?))
    }

    /// A client with this credential and no other. `kind` is the setting's name: `key`, `session`, `jwt`, `bearer`,
    /// `cookie`, `devKey`, or `none` for a guest.
    pub fn with_credential(&self, kind: String, secret: String) -> Result<Arc<Self>, NativeError> {
        let credential = credential(&kind, secret)?;
        Ok(Self::of(self.client.with_credential(credential)?))
    }

    /// A client with the session in a browser's `cookie` header, and no other credential.
    pub fn with_session_of(&self, cookies: String) -> Result<Arc<Self>, NativeError> {
        Ok(Self::of(self.client.with_session_of(&cookies)?))
    }

    /// A client whose server's warnings go to the listener, each different one once in a process.
    pub fn on_new_warning(&self, listener: Box<dyn WarningListener>) -> Arc<Self> {
        Self::of(self.client.on_new_warning(move |warning| listener.warned(warning.to_owned())))
    }

    /// A client whose server's warnings go to the listener, each time that one comes.
    pub fn on_warning(&self, listener: Box<dyn WarningListener>) -> Arc<Self> {
        Self::of(self.client.on_warning(move |warning| listener.warned(warning.to_owned())))
    }

    /// Where the API is, without a slash at its end.
    pub fn endpoint(&self) -> String {
        self.client.endpoint().to_owned()
    }

    /// The ID of the project.
    pub fn project(&self) -> Option<String> {
        self.client.project().map(str::to_owned)
    }
}

/// Is told what the server warns about, from one of the runtime's threads: it must not wait.
#[uniffi::export(callback_interface)]
pub trait WarningListener: Send + Sync {
    /// A response carried this warning.
    fn warned(&self, warning: String);
}

/// What every client starts from.
fn base() -> Client {
    polywrite_bridge::client("Swift", "swift")
}

impl NativeClient {
    fn of(client: Client) -> Arc<Self> {
        Arc::new(Self { client })
    }
}
