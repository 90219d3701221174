//! IDs made on our side.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::{Error, random};

/// Longest ID that Appwrite takes, in characters.
const MAX_LENGTH: usize = 36;

/// Digits of an ID that encode the time: 8 for the seconds, 5 for the microseconds.
const TIME_DIGITS: usize = 13;

/// Makes IDs for rows, files, users and everything else that is named by its creator.
#[derive(Clone, Copy, Debug)]
pub struct Id;

impl Id {
    /// A new ID of 20 hexadecimal digits: 13 for the time, 7 at random.
    ///
    /// IDs of one process never repeat and sort in the order of their making. Between processes,
    /// two that were made in the same microsecond differ by their random digits.
    pub fn unique() -> String {
        Id::padded(7)
    }

    /// Like [`Id::unique`] with another number of random digits, 0 to 23.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when the ID would be longer than the 36 characters allowed.
    pub fn unique_with(random_digits: usize) -> Result<String, Error> {
        if random_digits > MAX_LENGTH - TIME_DIGITS {
            return Err(Error::argument(format!(
                "Id::unique_with: {random_digits} random digits make more than {MAX_LENGTH} characters"
            )));
        }
        Ok(Id::padded(random_digits))
    }

    /// Takes an ID of your own: 1 to 36 of the characters `a-z`, `A-Z`, `0-9`, `.`, `_` and `-`,
    /// beginning with a letter or digit.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when it is anything else.
    pub fn custom(id: impl Into<String>) -> Result<String, Error> {
        let id = id.into();
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let fits = (1..=MAX_LENGTH).contains(&id.len());
        if fits && id.bytes().all(known) && id.as_bytes()[0].is_ascii_alphanumeric() {
            return Ok(id);
        }
        Err(Error::argument(format!(
            "Id::custom: {id:?} must be 1 to {MAX_LENGTH} of the characters a-z A-Z 0-9 . _ - \
             and begin with a letter or digit"
        )))
    }

    fn padded(random_digits: usize) -> String {
        let micros = next_micros();
        let mut id = format!("{:08x}{:05x}", micros / 1_000_000, micros % 1_000_000);
        while id.len() < TIME_DIGITS + random_digits {
            id.push_str(&format!("{:016x}", random::bits()));
        }
        id.truncate(TIME_DIGITS + random_digits);
        id
    }
}

/// The time in microseconds, moved on where needed so that no two calls of this process get the same.
fn next_micros() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros() as u64);
    let next = |last: u64| now.max(last + 1);
    match LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last))) {
        Ok(last) | Err(last) => next(last),
    }
}
