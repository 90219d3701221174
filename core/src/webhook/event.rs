//! What a webhook's request says.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};
use serde_json::value::RawValue;

use super::headers::Headers;
use crate::event::model_of;
use crate::{Error, ErrorKind, RAW_CALL, Response, Result, received};

/// Something that changed in a project, as a webhook reports it.
#[derive(Clone)]
pub struct WebhookEvent {
    id: String,
    name: String,
    events: Vec<String>,
    user_id: Option<String>,
    project_id: String,
    payload: Response,
}

impl WebhookEvent {
    pub(super) fn read(headers: Headers, body: &[u8]) -> Result<Self> {
        let json: &RawValue = serde_json::from_slice(body)
            .map_err(|cause| Error::new(ErrorKind::Decode, format!("the body is not JSON: {cause}")))?;
        if let Some(problem) = received::problem(json.get().as_bytes()) {
            return Err(Error::new(ErrorKind::Decode, format!("the body cannot be read: {problem}")));
        }
        let there = |value: Option<String>, name: &str| {
            let message = format!("the request has no header x-appwrite-webhook-{name}");
            value.ok_or_else(|| Error::new(ErrorKind::Decode, message))
        };
        let events = there(headers.events, "events")?;
        Ok(Self {
            id: there(headers.id, "id")?,
            name: headers.name.unwrap_or_default(),
            events: events.split(',').map(|event| event.trim().to_owned()).collect(),
            user_id: headers.user_id,
            project_id: there(headers.project_id, "project-id")?,
            payload: Response::of_json(&RAW_CALL, body.to_vec()),
        })
    }

    /// The ID of the webhook.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the webhook.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All names of what happened: the exact one first, such as `users.u1.update.email`, then those with `*` for an ID.
    pub fn events(&self) -> &[String] {
        &self.events
    }

    /// The ID of the user who did it; none where a key did.
    pub fn user_id(&self) -> Option<&str> {
        self.user_id.as_deref()
    }

    /// The ID of the project.
    pub fn project_id(&self) -> &str {
        &self.project_id
    }

    /// The name of the model that the payload is, such as `Row` or `User`; none for events that this version does not
    /// know.
    pub fn model(&self) -> Option<&'static str> {
        self.events.first().and_then(|event| model_of(event))
    }

    /// The resource that changed, as it is afterwards, or was before it was deleted: as a model, such as
    /// `models::Row<Film>`, or any other type that reads JSON.
    ///
    /// A session that a key made has its secret here, and a user that a key changed the hash of the password.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is not of this shape.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        self.payload.json()
    }

    /// The payload as it arrived.
    pub fn payload_json(&self) -> &Bytes {
        self.payload.body()
    }
}

/// Does not show the payload: it may contain the secrets of sessions.
impl fmt::Debug for WebhookEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WebhookEvent")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("event", &self.events.first())
            .field("user_id", &self.user_id)
            .field("project_id", &self.project_id)
            .field("bytes", &self.payload.body().len())
            .finish()
    }
}

/// As the native layers hand it over, with the payload in it.
impl Serialize for WebhookEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let payload: &RawValue = serde_json::from_slice(self.payload.body()).map_err(S::Error::custom)?;
        let mut record = serializer.serialize_struct("WebhookEvent", 7)?;
        record.serialize_field("id", &self.id)?;
        record.serialize_field("name", &self.name)?;
        record.serialize_field("events", &self.events)?;
        record.serialize_field("userId", &self.user_id)?;
        record.serialize_field("projectId", &self.project_id)?;
        record.serialize_field("model", &self.model())?;
        record.serialize_field("payload", payload)?;
        record.end()
    }
}
