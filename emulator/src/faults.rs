//! What goes wrong on request, so that programs can be tested against it.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde::Deserialize;

use crate::{failure::Failure, schema::Schema};

/// The faults of a project.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

/// What goes wrong with which calls: `Fault::status(503).of("tablesDB.listRows").times(1)`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Fault {
    /// The operation that it happens to, such as `tablesDB.listRows`; none for every operation.
    operation: Option<String>,
    /// Milliseconds to wait before the call is done.
    delay: u64,
    /// The error status to answer with, in place of doing the call: 429 or one from 500 on.
    status: Option<u16>,
    /// Whether to do the call and break the connection in the middle of the response.
    cut: bool,
    /// How many calls it happens to; none for all that follow.
    times: Option<u32>,
    /// It happens to each call of this number; none for every call.
    every: Option<u32>,
    /// How many calls it has let pass since it happened.
    #[serde(skip)]
    passed: u32,
}

/// The longest delay.
const LONGEST: Duration = Duration::from_secs(600);

/// What happens to one call.
#[derive(Debug, Default)]
pub(crate) struct Mishap {
    /// The wait before it is done.
    pub(crate) delay: Duration,
    /// The error to answer with.
    pub(crate) failure: Option<Failure>,
    /// Whether its response breaks off.
    pub(crate) cut: bool,
}

impl Faults {
    /// Whether nothing goes wrong on request.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Puts faults in place of those there were.
    pub(crate) fn set(&self, faults: Vec<Fault>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// What happens to a call of an operation; the first fault that is due decides.
    pub(crate) fn next(&self, operation: &str) -> Mishap {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = None;
        // All of them count the call, also those that wait for the next one because another happens.
        for fault in faults.iter_mut() {
            if fault.is_due(operation) && due.is_none() {
                due = Some(fault);
            }
        }
        due.map(Fault::happen).unwrap_or_default()
    }
}

impl Fault {
    /// Calls wait before they are done.
    #[must_use]
    pub fn delay(delay: Duration) -> Self {
        Self { delay: u64::try_from(delay.as_millis()).unwrap_or(u64::MAX), ..Self::default() }
    }

    /// Calls are not done; the response has this error status: 429, or one from 500 on.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// Calls are done, and the connection breaks in the middle of the response.
    #[must_use]
    pub fn cut() -> Self {
        Self { cut: true, ..Self::default() }
    }

    /// It happens to calls of this operation only, such as `tablesDB.listRows`.
    #[must_use]
    pub fn of(self, operation: &str) -> Self {
        Self { operation: Some(operation.to_owned()), ..self }
    }

    /// It happens to so many calls (default all).
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// It happens to each call of this number (default every one).
    #[must_use]
    pub fn every(self, every: u32) -> Self {
        Self { every: Some(every), ..self }
    }

    /// Refuses a fault that could never happen, or not as an error does (400).
    pub(crate) fn require_possible(&self, schema: &Schema) -> Result<(), Failure> {
        if let Some(operation) = self.operation.as_deref().filter(|id| schema.method(id).is_none()) {
            return Err(Failure::argument("operation", format!("there is no operation {operation:?}")));
        }
        if self.status.is_some_and(|status| status != 429 && !(500..=599).contains(&status)) {
            return Err(Failure::argument("status", "Value must be 429 or one from 500 to 599"));
        }
        if self.every == Some(0) {
            return Err(Failure::argument("every", "Value must be 1 or more"));
        }
        if self.status.is_none() && self.delay == 0 && !self.cut {
            return Err(Failure::argument("faults", "a fault has a `status` or a `delay`, or is a `cut`"));
        }
        Ok(())
    }

    /// The faults that the program's `--faults` names: each happens to one call of ten, and never two to the same.
    pub(crate) fn named(names: &str) -> Result<Vec<Self>, String> {
        let named = |(index, name): (usize, &str)| {
            let fault = match name.trim() {
                "slow" => Self { delay: 1000, ..Self::default() },
                "cut" => Self { cut: true, ..Self::default() },
                "429" => Self { status: Some(429), ..Self::default() },
                "503" => Self { status: Some(503), ..Self::default() },
                other => return Err(format!("a fault is slow, cut, 429 or 503, not {other:?}")),
            };
            Ok(Self { every: Some(10), passed: u32::try_from(index * 2 % 10).unwrap_or_default(), ..fault })
        };
        names.split(',').enumerate().map(named).collect()
    }

    fn is_due(&mut self, operation: &str) -> bool {
        if self.times == Some(0) || self.operation.as_deref().is_some_and(|wanted| wanted != operation) {
            return false;
        }
        self.passed += 1;
        self.passed >= self.every.unwrap_or(1)
    }

    fn happen(&mut self) -> Mishap {
        self.passed = 0;
        if let Some(times) = &mut self.times {
            *times -= 1;
        }
        Mishap {
            delay: Duration::from_millis(self.delay).min(LONGEST),
            failure: self.status.map(failure),
            cut: self.cut,
        }
    }
}

fn failure(status: u16) -> Failure {
    match status {
        429 => Failure::rate_limit(),
        503 => {
            Failure::new(503, "general_service_disabled", "The service is not available, as was asked for.")
        }
        status => Failure { status, ..Failure::server() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_asked_for() {
        let faults = Faults::default();
        let of_one =
            Fault { operation: Some("a.b".into()), status: Some(503), times: Some(1), ..Fault::default() };
        faults.set(vec![of_one, Fault { delay: 5, ..Fault::default() }]);
        let statuses = ["a.b", "a.b", "c.d"].map(|operation| {
            let mishap = faults.next(operation);
            (mishap.failure.map(|failure| failure.status), mishap.delay.as_millis())
        });
        assert_eq!(statuses, [(Some(503), 0), (None, 5), (None, 5)]);
        faults.set(Fault::named("503,cut").unwrap());
        let happened = (1..=20).map(|_| faults.next("a.b")).enumerate();
        let happened = happened.filter(|(_, mishap)| mishap.cut || mishap.failure.is_some());
        assert_eq!(happened.map(|(index, _)| index).collect::<Vec<_>>(), [7, 9, 17, 19]);
        assert!(Fault::named("hot").is_err());
    }
}
