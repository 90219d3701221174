//! IDs made on our side.

mod generated;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use crate::{Error, host, random};

/// How many digits of the time say the microseconds of a second.
const MICROSECONDS_DIGITS: usize = 5;

/// Makes IDs for rows, files, users and everything else that is named by its creator.
#[derive(Clone, Copy, Debug)]
pub struct Id;

/// An ID of digits for the time and random ones. Between processes, two that were made in the same microsecond differ
/// by their random digits.
fn new(random_digits: usize, time_digits: usize) -> String {
    let micros = next_micros();
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    let width = time_digits - MICROSECONDS_DIGITS;
    let mut id = format!("{seconds:0width$x}{micros:0MICROSECONDS_DIGITS$x}");
    while id.len() < time_digits + random_digits {
        id.push_str(&format!("{:016x}", random::bits()));
    }
    id.truncate(time_digits + random_digits);
    id
}

/// An ID that the caller made up.
fn own(place: &str, id: String, longest: usize) -> Result<String, Error> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let fits = (1..=longest).contains(&id.len());
    if fits && id.bytes().all(known) && id.as_bytes()[0].is_ascii_alphanumeric() {
        return Ok(id);
    }
    Err(Error::argument(format!(
        "{place}: {id:?} must be 1 to {longest} of the characters a-z A-Z 0-9 . _ - and begin with a letter or digit"
    )))
}

/// The time in microseconds, moved on where needed so that no two calls of this process get the same.
fn next_micros() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let now = host::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros() as u64);
    let next = |last: u64| now.max(last + 1);
    match LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last))) {
        Ok(last) | Err(last) => next(last),
    }
}
