//! The transaction that a client's calls belong to: which of them take part, and how many writes they stage.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::arrival::may_be_done;
use crate::error::{Error, Result};
use crate::operation::{Kind, Method, Operation, Place};
use crate::params::Params;
use crate::response::Response;

/// The transaction that a client's calls belong to.
pub(crate) struct Staging {
    id: String,
    rules: Rules,
    state: Mutex<State>,
}

/// What transactions of a service take.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// The service whose calls take part: `tablesDB`.
    pub(crate) service: &'static str,
    /// The operation that stages several writes.
    pub(crate) stage: &'static Operation,
    /// The parameter that names a transaction.
    pub(crate) parameter: &'static str,
    /// The most writes.
    pub(crate) most: usize,
    /// Errors that another transaction may not meet.
    pub(crate) again: &'static [&'static str],
}

#[derive(Default)]
struct State {
    /// Writes that are staged, or may be.
    writes: usize,
    /// Calls that have no result yet.
    unfinished: usize,
    /// Whether all calls had a result at its end; `None` before.
    ended: Option<bool>,
    /// Whether a call failed with an error that another transaction may not meet.
    may_repeat: bool,
}

impl Staging {
    pub(crate) fn new(id: String, rules: Rules) -> Self {
        Self { id, rules, state: Mutex::default() }
    }

    /// The transaction's ID.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether an error is one that another transaction may not meet.
    pub(crate) fn is_passing(&self, error: &Error) -> bool {
        error.error_type().is_some_and(|name| self.rules.again.contains(&name))
    }

    /// Takes no more calls; returns whether all had a result when it was called first.
    pub(crate) fn end(&self) -> bool {
        let mut state = self.state();
        let is_complete = state.unfinished == 0;
        *state.ended.get_or_insert(is_complete)
    }

    /// Waits for the result of a call that is about to be made.
    pub(crate) fn expect(self: &Arc<Self>) -> UnfinishedCall {
        self.expect_in(&mut self.state())
    }

    fn expect_in(self: &Arc<Self>, state: &mut State) -> UnfinishedCall {
        state.unfinished += 1;
        UnfinishedCall(Some(Arc::clone(self)))
    }

    /// Whether a call failed with an error that another transaction may not meet.
    pub(crate) fn may_repeat(&self) -> bool {
        self.state().may_repeat
    }

    /// Makes a call part of the transaction.
    ///
    /// # Errors
    /// `Argument` for a call that cannot be, for one too many, and for any after the end.
    pub(crate) fn admit<'a>(
        self: &'a Arc<Self>,
        operation: &'static Operation,
        params: &mut Params,
    ) -> Result<StagedCall<'a>> {
        self.require_part(operation)?;
        let given = params.get(self.rules.parameter).map(RawValue::get);
        let own = serde_json::Value::from(self.id.as_str()).to_string();
        if given.is_some_and(|given| given != "null" && given != own) {
            let message = format!("`{}` names another transaction", self.rules.parameter);
            return Err(Error::argument(message).with_hint("leave it out: the transaction adds its own ID"));
        }
        let writes = self.writes(operation, params);
        let mut state = self.state();
        if state.ended.is_some() {
            return Err(Error::argument("the transaction has ended")
                .with_hint("await every call before the end of the function that gets the transaction"));
        }
        if state.writes + writes > self.rules.most {
            let (most, staged) = (self.rules.most, state.writes);
            let message = format!(
                "a transaction takes {most} operations, and has {staged}: {writes} more are too many"
            );
            return Err(Error::argument(message).with_hint(
                "each row of a bulk call counts; use several transactions, or write without one",
            ));
        }
        state.writes += writes;
        let unfinished = self.expect_in(&mut state);
        drop(state);
        params.set(self.rules.parameter, &self.id);
        Ok(StagedCall { staging: self, writes, _unfinished: unfinished })
    }

    /// Refuses operations that a transaction cannot stage or read.
    fn require_part(&self, operation: &Operation) -> Result<()> {
        let param = operation.param(self.rules.parameter);
        // In the path it names the transaction that the operation is about.
        let takes_part =
            param.is_some_and(|param| param.place != Place::Path) || operation.id == self.rules.stage.id;
        if operation.service() == self.rules.service && takes_part {
            return Ok(());
        }
        Err(takes_no_part())
    }

    /// How many writes a call stages.
    fn writes(&self, operation: &Operation, params: &Params) -> usize {
        if operation.method == Method::Get {
            return 0;
        }
        let is_list = |kind: Kind| kind == Kind::Array(&Kind::Object);
        let list = operation.params.iter().find(|param| is_list(param.kind));
        let Some(list) = list.and_then(|param| params.get(param.name)) else { return 1 };
        if operation.id == self.rules.stage.id {
            let staged: Vec<Staged> = serde_json::from_str(list.get()).unwrap_or_default();
            return staged.iter().map(Staged::writes).sum();
        }
        serde_json::from_str::<Vec<IgnoredAny>>(list.get()).map_or(1, |rows| rows.len())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error for a call that no transaction can stage or read for.
pub(crate) fn takes_no_part() -> Error {
    Error::argument("this call cannot take part in a transaction")
        .with_hint("use the service itself, before the transaction begins or after its end")
}

/// An operation as `createOperations` takes it.
#[derive(Deserialize)]
struct Staged<'a> {
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

impl Staged<'_> {
    /// Bulk operations bring a list of rows, and each counts.
    fn writes(&self) -> usize {
        let rows = self.data.and_then(|data| serde_json::from_str::<Vec<IgnoredAny>>(data.get()).ok());
        rows.map_or(1, |rows| rows.len())
    }
}

/// A call that has no result yet, as long as this lives: a transaction that ends before is rolled back.
#[must_use = "it says that the call has a result when it is dropped"]
#[derive(Debug, Default)]
pub struct UnfinishedCall(Option<Arc<Staging>>);

impl Drop for UnfinishedCall {
    fn drop(&mut self) {
        if let Some(staging) = &self.0 {
            staging.state().unfinished -= 1;
        }
    }
}

/// A call of a transaction on its way.
pub(crate) struct StagedCall<'a> {
    staging: &'a Staging,
    writes: usize,
    _unfinished: UnfinishedCall,
}

impl StagedCall<'_> {
    /// Takes note of what came of the call.
    pub(crate) fn settle(self, result: &Result<Response>) {
        let Err(error) = result else { return };
        let mut state = self.staging.state();
        state.may_repeat |= self.staging.is_passing(error);
        // What the server has refused it has not staged.
        if !may_be_done(error) {
            state.writes -= self.writes;
        }
    }
}

impl fmt::Debug for Staging {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Staging").field("id", &self.id).finish_non_exhaustive()
    }
}
