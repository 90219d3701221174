use std::time::Duration;

use serde::{Serialize, Serializer};

use super::ErrorKind;

/// One attempt of a call that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Attempt {
    /// Why it failed.
    pub kind: ErrorKind,
    /// The HTTP status, if there was a response.
    pub status: Option<u16>,
    /// What happened, in a few words.
    pub message: String,
    /// How long it took. Milliseconds when serialized.
    #[serde(serialize_with = "millis")]
    pub elapsed: Duration,
    /// The wait before the next attempt; `None` for the last. Milliseconds when serialized.
    #[serde(serialize_with = "optional_millis")]
    pub wait: Option<Duration>,
}

fn millis<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    duration.as_millis().serialize(serializer)
}

fn optional_millis<S: Serializer>(duration: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    duration.map(|duration| duration.as_millis()).serialize(serializer)
}
