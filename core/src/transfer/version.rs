//! What an response says about the version of a file.

use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED};

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
        let size = match response.status {
            StatusCode::PARTIAL_CONTENT => part(response).and_then(|(_, size)| size),
            _ => length(response),
        };
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

/// The first byte of a part and, unless it is `*`, the size of the whole: `bytes 5-9/10`.
pub(super) fn part(response: &UnreadResponse) -> Option<(u64, Option<u64>)> {
    let value = response.headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, size) = value.strip_prefix("bytes ")?.split_once('/')?;
    Some((range.split_once('-')?.0.parse().ok()?, size.parse().ok()))
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
