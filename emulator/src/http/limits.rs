//! Rate limits: counted per caller, lifted for keys, told to everybody.

use std::{collections::HashMap, sync::Mutex};

use polywrite_api::Method;
use serde_json::{Map, Value};

use crate::{clock, failure::Failure};

/// Counters of the current windows.
#[derive(Debug)]
pub(crate) struct Limits {
    enforced: bool,
    counters: Mutex<HashMap<String, (i64, u32)>>,
}

/// The state of a limit, for the headers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    limit: u32,
    remaining: u32,
    reset: i64,
}

impl Limits {
    /// Limits that are only told, or kept as well.
    pub(crate) fn new(enforced: bool) -> Self {
        Self { enforced, counters: Mutex::default() }
    }

    /// Counts a call of a limited method by `caller`; an exempt one (key, dev key) is told and never refused.
    ///
    /// The second value is the refusal, 429, which goes out with the same headers.
    pub(crate) fn count(
        &self,
        method: &Method,
        caller: &str,
        params: &Map<String, Value>,
        exempt: bool,
    ) -> Option<(Standing, Option<Failure>)> {
        let limit = method.rate_limit?;
        let window = window(method);
        let now = clock::epoch();
        let start = now - now.rem_euclid(window);
        let reset = start + window;
        // Logins are counted per address, so that one forgotten password does not lock everybody out.
        let subject = params.get("email").or_else(|| params.get("userId")).and_then(Value::as_str);
        let key = format!("{}|{caller}|{}", method.id, subject.unwrap_or_default());
        let mut counters = self.counters.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let counter = counters.entry(key).or_insert((start, 0));
        if counter.0 != start {
            *counter = (start, 0);
        }
        if !exempt && self.enforced && counter.1 >= limit {
            let refusal = Failure::new(
                429,
                "general_rate_limit_exceeded",
                "Rate limit for the current endpoint has been exceeded. Please try again after some time.",
            );
            return Some((Standing { limit, remaining: 0, reset }, Some(refusal)));
        }
        if !exempt {
            counter.1 += 1;
        }
        let used = if exempt { counter.1.max(1) } else { counter.1 };
        Some((Standing { limit, remaining: limit.saturating_sub(used), reset }, None))
    }
}

impl Standing {
    /// The headers that tell it.
    pub(crate) fn headers(self) -> [(&'static str, String); 3] {
        [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", self.reset.to_string()),
        ]
    }
}

/// Seconds that a limit counts over: an hour around accounts, a minute around data.
fn window(method: &Method) -> i64 {
    if matches!(method.service.as_str(), "account" | "teams") { 3600 } else { 60 }
}
