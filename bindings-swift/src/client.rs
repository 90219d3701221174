//! Clients: settings and credentials, immutable.

use std::sync::Arc;

use polywrite::Client;
use polywrite_bridge::{client, made_of};

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
        Arc::new(Self(client("Swift", "swift")))
    }

    /// A client made of this one, as a record of the bridge says.
    pub fn made(&self, record: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(made_of(&self.0, record)?)))
    }

    /// A client whose server's warnings go to the listener: all of them, or each different one once in a process.
    pub fn on_warning(&self, all: bool, listener: Box<dyn Listener>) -> Arc<Self> {
        let receive = move |warning: &str| listener.receive(warning.to_owned());
        Arc::new(Self(if all { self.0.on_warning(receive) } else { self.0.on_new_warning(receive) }))
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
