//! An error and the errors that caused it.

use std::error::Error;
use std::io;

/// An error and its causes, the outermost first.
pub(crate) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        // An io::Error hides the error that it was made of from `source`.
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(hidden) => Some(hidden as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

/// The first cause of a type.
pub(crate) fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The innermost cause: the outer errors only say that sending failed.
pub(crate) fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Whether a time limit for connecting, ours or the system's, is the cause.
pub(crate) fn is_timeout(error: &(dyn Error + 'static)) -> bool {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::TimedOut)
}

/// Whether the program, or the whole machine, has as many files open as it may have.
pub(crate) fn is_short_of_files(error: &(dyn Error + 'static)) -> bool {
    // EMFILE and ENFILE, which have these numbers everywhere but on Windows.
    let is_short = |error: &io::Error| matches!(error.raw_os_error(), Some(23 | 24));
    causes(error).filter_map(|cause| cause.downcast_ref()).any(is_short)
}
