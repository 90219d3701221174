//! Warnings of the server, which wait until their call is done.
//!
//! A hook may make calls of its own, such as a logging handler that writes to Appwrite, and no thread can do that while
//! it serves the runtime.

use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;

use pyo3::prelude::*;

use super::Outcome;
use crate::error::Failure;

tokio::task_local! {
    static KEPT: RefCell<Vec<Warning>>;
}

/// What the server said, and who wants to know.
pub(crate) struct Warning {
    hook: Arc<Py<PyAny>>,
    text: String,
}

/// How a call ended, and what the server had to say meanwhile.
pub(crate) struct Done {
    result: Result<Outcome, Failure>,
    warnings: Vec<Warning>,
}

/// Runs a call and keeps its warnings.
pub(super) async fn keeping(call: impl Future<Output = Result<Outcome, Failure>>) -> Done {
    let kept = async {
        let result = call.await;
        Done { result, warnings: KEPT.with(RefCell::take) }
    };
    KEPT.scope(RefCell::default(), kept).await
}

impl Warning {
    pub(crate) fn new(hook: &Arc<Py<PyAny>>, text: &str) -> Self {
        Self { hook: hook.clone(), text: text.to_owned() }
    }

    /// Leaves the warning with the call that is running.
    pub(crate) fn keep(self) {
        // Answers are read by the task of their call and by no other.
        let _ = KEPT.try_with(|kept| kept.borrow_mut().push(self));
    }

    fn tell(self, py: Python<'_>) {
        // A hook that raises must not fail the call that was warned.
        if let Err(error) = self.hook.call1(py, (self.text,)) {
            error.write_unraisable(py, None);
        }
    }
}

impl Done {
    /// Tells the warnings, and gives the result.
    pub(crate) fn into_python(self, py: Python<'_>) -> Result<Py<PyAny>, Failure> {
        self.warnings.into_iter().for_each(|warning| warning.tell(py));
        self.result?.into_python(py)
    }
}

impl From<Failure> for Done {
    fn from(failure: Failure) -> Self {
        Self { result: Err(failure), warnings: Vec::new() }
    }
}
