//! Warnings of the server, which wait until their call is done: Python reports them, see the rule in `runtime`.

use std::cell::RefCell;

use polywrite::Result;

use crate::value::Value;

tokio::task_local! {
    static KEPT: RefCell<Vec<String>>;
}

/// How a call ended, and what the server warned of meanwhile.
pub(crate) struct Done {
    pub(crate) result: Result<Value>,
    pub(crate) warnings: Vec<String>,
}

/// Leaves a warning with the call that is running.
pub(crate) fn keep(warning: &str) {
    // Responses are read by the task of their call and by no other.
    let _ = KEPT.try_with(|kept| kept.borrow_mut().push(warning.to_owned()));
}

/// Runs a call and keeps its warnings.
pub(crate) async fn keeping(call: impl Future<Output = Result<Value>>) -> Done {
    let kept = async {
        let result = call.await;
        Done { result, warnings: KEPT.with(RefCell::take) }
    };
    KEPT.scope(RefCell::default(), kept).await
}
