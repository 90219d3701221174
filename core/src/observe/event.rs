//! What a hook receives.

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::error::ErrorKind;

/// A moment of a call. It has no parameter, no header and no body.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallEvent<'call> {
    /// A number that all events of one request and its retries share, and no other request of the process has.
    pub request: u64,
    /// The operation, such as `tablesDB.getRow`.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The server, with its port where the endpoint names one.
    pub host: &'call str,
    /// The path below the endpoint with names in place of values: `/users/{userId}`. Empty for a path of the caller's own.
    pub path: &'static str,
    /// The number of the attempt, from 1; before a retry that of the attempt that failed.
    pub attempt: u32,
    /// The HTTP status, after an attempt that had a response.
    pub status: Option<u16>,
    /// How long the attempt took. Milliseconds when serialized.
    #[serde(serialize_with = "milliseconds")]
    pub elapsed: Option<Duration>,
    /// The wait before the next attempt, where another one follows. Milliseconds when serialized.
    #[serde(serialize_with = "milliseconds")]
    pub wait: Option<Duration>,
    /// Why the attempt failed.
    pub kind: Option<ErrorKind>,
    /// What happened, as the error's message says it.
    pub error: Option<&'call str>,
}

fn in_millis(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1000.0
}

fn milliseconds<S: Serializer>(duration: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    duration.map(in_millis).serialize(serializer)
}
