//! A part of a file.

use std::ops::{Range, RangeFrom, RangeInclusive};

use serde::Deserialize;

/// A part of a file: its bytes from a first one, counted from 0, up to a last one or to the end of the file.
///
/// `0..1024`, `0..=1023` or `1024..` becomes one; in JSON it is text as in HTTP: `"0-1023"`, `"1024-"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ByteRange {
    /// The first byte.
    pub(crate) first: u64,
    /// What comes behind the last byte; the end of the file without.
    pub(crate) end: Option<u64>,
}

impl ByteRange {
    /// Whether it has no bytes.
    pub(crate) fn is_empty(self) -> bool {
        self.end.is_some_and(|end| end <= self.first)
    }

    /// The value of a `Range` header that asks for these bytes, and for a second one where they are one: Appwrite refuses
    /// a part of one byte.
    pub(crate) fn header(self) -> String {
        match self.end {
            None => format!("bytes={}-", self.first),
            Some(end) if end == self.first + 1 => format!("bytes={}-{}", end.max(2) - 2, end.max(2) - 1),
            Some(end) => format!("bytes={}-{}", self.first, end - 1),
        }
    }
}

impl From<Range<u64>> for ByteRange {
    fn from(range: Range<u64>) -> Self {
        Self { first: range.start, end: Some(range.end) }
    }
}

impl From<RangeInclusive<u64>> for ByteRange {
    fn from(range: RangeInclusive<u64>) -> Self {
        Self { first: *range.start(), end: Some(range.end().saturating_add(1)) }
    }
}

impl From<RangeFrom<u64>> for ByteRange {
    fn from(range: RangeFrom<u64>) -> Self {
        Self { first: range.start, end: None }
    }
}

impl TryFrom<String> for ByteRange {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => text.parse::<u64>().ok(),
            false => None,
        };
        let read = text.split_once('-').and_then(|(first, last)| match last {
            "" => Some(Self::from(number(first)?..)),
            last => Some(Self::from(number(first)?..=number(last)?)),
        });
        read.filter(|range| !range.is_empty()).ok_or("not a part of a file")
    }
}

#[cfg(test)]
mod tests {
    use super::ByteRange;

    fn read(text: &str) -> Option<ByteRange> {
        ByteRange::try_from(text.to_owned()).ok()
    }

    #[test]
    fn a_part_is_text_as_in_http() {
        assert_eq!(read("0-1023"), Some((0..1024).into()));
        assert_eq!(read("5-5"), Some((5..=5).into()));
        assert_eq!(read("1024-"), Some((1024..).into()));
        for wrong in ["", "-", "5", "-500", "5-4", "+1-2", "1-2,4-5", " 1-2", "a-b", "99999999999999999999-"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_part_of_one_byte_is_asked_for_with_the_one_beside_it() {
        for (part, header) in [
            ("0-4", "bytes=0-4"),
            ("6-", "bytes=6-"),
            ("0-0", "bytes=0-1"),
            ("1-1", "bytes=0-1"),
            ("9-9", "bytes=8-9"),
        ] {
            assert_eq!(read(part).unwrap().header(), header);
        }
    }
}
