//! Rate limits: counted per caller, lifted for keys, shown to every caller.

use std::{collections::HashMap, sync::Mutex};

use polywrite_api::Method;
use serde_json::{Map, Value};

use crate::{clock, failure::Failure};

/// Counters of the current windows.
#[derive(Debug)]
pub(crate) struct Limits {
    enforced: bool,
    counters: Mutex<Counters>,
}

/// How many counters there are before the first sweep.
const FEW: usize = 1000;

/// The longest address or ID that is counted by itself, in bytes: what is longer is none.
// RFC 5321, section 4.5.3.1.
const LONGEST: usize = 320;

/// Counters by caller and method: the end of their window, and the calls in it.
#[derive(Debug, Default)]
struct Counters {
    by_caller: HashMap<String, (i64, u32)>,
    /// How many the last sweep left.
    left: usize,
}

impl Counters {
    /// Drops the counters of past windows, each time there are twice as many: a caller under ever new names does not
    /// fill the memory.
    fn sweep(&mut self, now: i64) {
        if self.by_caller.len() >= FEW.max(self.left * 2) {
            self.by_caller.retain(|_, (end, _)| *end > now);
            self.left = self.by_caller.len();
        }
    }
}

/// The state of a limit, for the headers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    limit: u32,
    remaining: u32,
    reset: i64,
}

impl Limits {
    /// Limits that are only shown, or enforced as well.
    pub(crate) fn new(enforced: bool) -> Self {
        Self { enforced, counters: Mutex::default() }
    }

    /// Counts a call of a limited method by `caller`, a user of a project; an exempt one (key, dev key) is counted and never refused.
    ///
    /// The second value is the refusal, 429, which goes out with the same headers.
    pub(crate) fn count(
        &self,
        method: &Method,
        caller: (&str, &str),
        params: &Map<String, Value>,
        exempt: bool,
    ) -> Option<(Standing, Option<Failure>)> {
        Some(self.count_within(method.rate_limit?, method, caller, params, exempt))
    }

    /// The same for a method whose limit the definition does not give.
    pub(crate) fn count_within(
        &self,
        limit: u32,
        method: &Method,
        caller: (&str, &str),
        params: &Map<String, Value>,
        exempt: bool,
    ) -> (Standing, Option<Failure>) {
        let window = window(method);
        let now = clock::epoch();
        let reset = now - now.rem_euclid(window) + window;
        // Logins are counted per address, so that one forgotten password does not lock everybody out.
        let subject = params.get("email").or_else(|| params.get("userId")).and_then(Value::as_str);
        let subject = subject.filter(|subject| subject.len() <= LONGEST);
        let key = format!("{}|{}|{}|{}", method.id, caller.0, caller.1, subject.unwrap_or_default());
        let mut counters = self.counters.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        counters.sweep(now);
        let counter = counters.by_caller.entry(key).or_insert((reset, 0));
        if counter.0 != reset {
            *counter = (reset, 0);
        }
        if !exempt && self.enforced && counter.1 >= limit {
            return (Standing { limit, remaining: 0, reset }, Some(Failure::rate_limit()));
        }
        if !exempt {
            counter.1 += 1;
        }
        let used = if exempt { counter.1.max(1) } else { counter.1 };
        (Standing { limit, remaining: limit.saturating_sub(used), reset }, None)
    }
}

impl Standing {
    /// The headers that show it.
    pub(crate) fn headers(self) -> [(&'static str, String); 3] {
        [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", self.reset.to_string()),
        ]
    }
}

/// Seconds that a limit counts over: an hour around accounts, a day around functions, a minute around data.
fn window(method: &Method) -> i64 {
    match method.service.as_str() {
        "account" | "teams" => 3600,
        "functions" => 86_400,
        _ => 60,
    }
}

#[cfg(test)]
mod tests {
    use polywrite_api::Api;
    use serde_json::json;

    use super::*;

    #[test]
    fn counters_of_past_windows_go() {
        let api = Api::embedded().unwrap();
        let method = api.method("account.createEmailPasswordSession").unwrap();
        let limits = Limits::new(true);
        {
            let mut counters = limits.counters.lock().unwrap();
            counters.by_caller = (0..10_000).map(|number| (number.to_string(), (60, 1))).collect();
        }
        let params = Map::from_iter([("email".to_owned(), json!("ada@example.com"))]);
        limits.count(method, ("demo", ""), &params, false);
        assert_eq!(limits.counters.lock().unwrap().by_caller.len(), 1);
    }

    #[test]
    fn what_cannot_be_an_address_fills_no_memory() {
        let api = Api::embedded().unwrap();
        let method = api.method("account.createEmailPasswordSession").unwrap();
        let limits = Limits::new(true);
        for number in 0..50 {
            let email = format!("{number}{}@example.com", "a".repeat(1_000_000));
            limits.count(method, ("demo", ""), &Map::from_iter([("email".to_owned(), json!(email))]), false);
        }
        let counters = limits.counters.lock().unwrap();
        assert!(counters.by_caller.keys().all(|key| key.len() < 1000) && counters.by_caller.len() == 1);
    }
}
