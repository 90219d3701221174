//! What an response says about the version of a file.

use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED};

use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::transport::UnreadResponse;

/// What distinguishes versions of a file, as far as the server says.
#[derive(Clone, Debug, Default)]
pub(super) struct Version {
    /// The size of the whole file in bytes.
    pub(super) size: Option<u64>,
    tag: Option<HeaderValue>,
    modified: Option<HeaderValue>,
}

impl Version {
    /// The version that an response is of, or is a part of.
    pub(super) fn of(response: &UnreadResponse) -> Self {
        let header = |name: HeaderName| response.headers.get(name).cloned();
        let size = Part::of(response).and_then(|part| part.size);
        Self { size, tag: header(ETAG), modified: header(LAST_MODIFIED) }
    }

    /// Whether another response is surely of another version.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let tags_differ = match (&self.tag, &other.tag) {
            (Some(one), Some(other)) => opaque(one) != opaque(other),
            (Some(_), None) => self.strong_tag().is_some(),
            (None, _) => false,
        };
        tags_differ
            || differ(self.size, other.size)
            || differ(self.modified.as_ref(), other.modified.as_ref())
    }

    /// Whether the server says something that another file of the same size would not have.
    pub(super) fn is_told(&self) -> bool {
        self.tag.is_some() || self.modified.is_some()
    }

    /// A tag that means the same bytes; a weak one only means the same content.
    // RFC 9110, section 8.8.1.
    pub(super) fn strong_tag(&self) -> Option<&HeaderValue> {
        self.tag.as_ref().filter(|tag| !tag.as_bytes().starts_with(WEAK))
    }
}

/// The error for a file of which two responses have different versions.
pub(super) fn changed(operation: &Operation) -> Error {
    Error::new(ErrorKind::Conflict, "the file has changed while it was downloaded")
        .with_operation(operation.id)
}

/// Which part of a file a response has.
pub(super) struct Part {
    /// The first byte, counted from 0.
    pub(super) start: u64,
    /// What comes behind the last byte; nothing where the server does not say how long the response is.
    pub(super) end: Option<u64>,
    /// The size of the whole file in bytes, if the server said it.
    pub(super) size: Option<u64>,
}

impl Part {
    /// Reads `Content-Range`, such as `bytes 5-9/10`; a response that is not a part has the whole file.
    pub(super) fn of(response: &UnreadResponse) -> Option<Self> {
        if response.status != StatusCode::PARTIAL_CONTENT {
            let size = length(response);
            return Some(Self { start: 0, end: size, size });
        }
        let value = response.headers.get(CONTENT_RANGE)?.to_str().ok()?;
        let (range, size) = value.strip_prefix("bytes ")?.split_once('/')?;
        let (start, last) = range.split_once('-')?;
        let end = last.parse().ok().and_then(|last: u64| last.checked_add(1));
        Some(Self { start: start.parse().ok()?, end, size: size.parse().ok() })
    }
}

/// The number of bytes of a body, if the server says it.
pub(super) fn length(response: &UnreadResponse) -> Option<u64> {
    number(response.headers.get(CONTENT_LENGTH))
}

const WEAK: &[u8] = b"W/";

fn opaque(tag: &HeaderValue) -> &[u8] {
    tag.as_bytes().strip_prefix(WEAK).unwrap_or(tag.as_bytes())
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

fn number(value: Option<&HeaderValue>) -> Option<u64> {
    value?.to_str().ok()?.parse().ok()
}
