//! Calls and attempts in the words of OpenTelemetry's semantic conventions for HTTP clients.
//!
//! `url.full` is left out: a path or a query may have a secret in it, such as a token. `url.template` stands in its place.

use http::uri::Authority;
use serde::Serialize;
use serde_json::{Map, Value};

use super::event::CallEvent;
use crate::error::ErrorKind;
use crate::operation::Operation;
use crate::settings::Settings;

/// Names and values of attributes.
pub(super) type Attributes = Map<String, Value>;

/// The span of a call, as far as it is known before the call is made.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct CallSpan {
    /// The method and the template of the URL's path, such as `GET /v1/users/{userId}`.
    pub name: String,
    /// Its attributes: method, server and operation.
    pub attributes: Attributes,
}

impl CallSpan {
    pub(crate) fn of(settings: &Settings, operation: &Operation) -> Self {
        let endpoint = &settings.endpoint;
        let (method, template) = (operation.method.as_str(), settings.path_of(operation));
        let mut attributes = Attributes::new();
        let mut set = |name: &str, value: Value| drop(attributes.insert(name.to_owned(), value));
        set("http.request.method", method.into());
        if let Ok(authority) = endpoint.host().parse::<Authority>() {
            set("server.address", authority.host().into());
            let port = authority.port_u16().unwrap_or(if endpoint.is_secure() { 443 } else { 80 });
            set("server.port", port.into());
        }
        set("polywrite.operation", operation.id.into());
        let name = match template {
            // A path of the caller's own.
            "" => method.to_owned(),
            template => {
                let template = format!("{}{template}", endpoint.path());
                set("url.template", template.as_str().into());
                format!("{method} {template}")
            }
        };
        Self { name, attributes }
    }
}

impl CallEvent<'_> {
    /// The attributes of an attempt that has ended.
    pub fn attributes(&self) -> Attributes {
        outcome(self.status, self.kind, self.attempt.saturating_sub(1) as usize)
    }
}

/// The attributes of an attempt, or of a call with so many attempts before the last one.
pub(super) fn outcome(status: Option<u16>, kind: Option<ErrorKind>, again: usize) -> Attributes {
    let mut attributes = Attributes::new();
    let mut set = |name: &str, value: Value| drop(attributes.insert(name.to_owned(), value));
    if let Some(status) = status {
        set("http.response.status_code", status.into());
    }
    if let Some(kind) = kind {
        let kind = status.map_or_else(|| kind.as_str().to_owned(), |status| status.to_string());
        set("error.type", kind.into());
    }
    if again > 0 {
        set("http.request.resend_count", again.into());
    }
    attributes
}
