//! Warnings of the server, which wait until their call is done: Python tells them, see the rule in `runtime`.

use std::cell::RefCell;
use std::future::Future;

use super::Outcome;
use crate::error::Failure;

tokio::task_local! {
    static KEPT: RefCell<Vec<String>>;
}

/// How a call ended, and what the server warned of meanwhile.
pub(crate) struct Done {
    pub(crate) result: Result<Outcome, Failure>,
    pub(crate) warnings: Vec<String>,
}

/// Leaves a warning with the call that is running.
pub(crate) fn keep(warning: &str) {
    // Answers are read by the task of their call and by no other.
    let _ = KEPT.try_with(|kept| kept.borrow_mut().push(warning.to_owned()));
}

/// Runs a call and keeps its warnings.
pub(super) async fn keeping(call: impl Future<Output = Result<Outcome, Failure>>) -> Done {
    let kept = async {
        let result = call.await;
        Done { result, warnings: KEPT.with(RefCell::take) }
    };
    KEPT.scope(RefCell::default(), kept).await
}

impl From<Failure> for Done {
    fn from(failure: Failure) -> Self {
        Self { result: Err(failure), warnings: Vec::new() }
    }
}
