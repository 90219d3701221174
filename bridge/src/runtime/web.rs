//! The event loop of JavaScript, which is there from the beginning.

use polywrite::Result;
use polywrite::host::Tasks;

/// How many threads serve the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// The one that there is.
    One,
}

/// The event loop.
///
/// # Errors
/// None.
pub fn driven(_: Threads) -> Result<&'static Tasks> {
    Ok(&Tasks)
}
