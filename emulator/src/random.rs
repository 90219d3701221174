//! IDs and secrets.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ring::rand::{SecureRandom, SystemRandom};

use crate::clock;

thread_local! {
    /// The last ID of the project whose request is answered, if its IDs are counted.
    static LAST: RefCell<Option<Arc<AtomicU64>>> = const { RefCell::new(None) };
}

/// Does something with IDs that follow the last one, if there is one; else with random ones.
pub(crate) fn counted<T>(last: Option<Arc<AtomicU64>>, work: impl FnOnce() -> T) -> T {
    struct Back(Option<Arc<AtomicU64>>);
    impl Drop for Back {
        fn drop(&mut self) {
            LAST.replace(self.0.take());
        }
    }
    let _back = Back(LAST.replace(last));
    work()
}

/// Random bytes as lower-case hexadecimal: `length` digits.
pub(crate) fn hex(length: usize) -> String {
    let mut bytes = vec![0; length.div_ceil(2)];
    // The system's generator does not fail on any platform the emulator runs on; zeros would only repeat an ID,
    // which every caller that matters checks for.
    let _ = SystemRandom::new().fill(&mut bytes);
    let mut text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    text.truncate(length);
    text
}

/// A new ID of 20 hexadecimal digits: seconds, microseconds, seven random digits; or the next number.
pub(crate) fn id() -> String {
    let next = LAST.with_borrow(|last| last.as_ref().map(|last| last.fetch_add(1, Ordering::Relaxed) + 1));
    if let Some(next) = next {
        return format!("{next:020}");
    }
    let now = clock::moment();
    format!("{:08x}{:05x}{}", now.unix_timestamp(), now.microsecond(), hex(7))
}

/// A decimal code of `digits` digits.
pub(crate) fn code(digits: usize) -> String {
    hex(digits * 2)
        .as_bytes()
        .chunks(2)
        .map(|pair| {
            let sum: u32 = pair.iter().map(|byte| u32::from(*byte)).sum();
            char::from_digit(sum % 10, 10).unwrap_or('0')
        })
        .collect()
}
