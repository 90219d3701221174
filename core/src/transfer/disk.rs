//! Files and readers of this machine that fail.

use std::io;
use std::path::Path;

use crate::error::{Error, ErrorKind};

/// A file that cannot be used. `doing` is what was tried: `read`, `write`.
///
/// The path is to blame (`Argument`) when it names nothing, or what this process may not use; the machine (`Io`) for
/// whatever else fails, such as a full disk.
pub(super) fn unusable(doing: &str, path: &Path, cause: &io::Error) -> Error {
    let kind = match cause.kind() {
        io::ErrorKind::NotFound
        | io::ErrorKind::PermissionDenied
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::IsADirectory
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::InvalidFilename => ErrorKind::Argument,
        _ => ErrorKind::Io,
    };
    Error::new(kind, format!("cannot {doing} {}: {cause}", path.display()))
}

/// Something of this machine that failed and that no argument is to blame for.
pub(super) fn failed(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Io, message)
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind as Cause};
    use std::path::Path;

    use super::{ErrorKind, unusable};

    #[test]
    fn a_full_disk_is_not_the_arguments_fault_and_a_wrong_path_is() {
        let kind = |cause: Cause| unusable("write", Path::new("a/b"), &Error::from(cause)).kind();
        assert_eq!(kind(Cause::StorageFull), ErrorKind::Io);
        assert_eq!(kind(Cause::Other), ErrorKind::Io);
        assert_eq!(kind(Cause::NotFound), ErrorKind::Argument);
        assert_eq!(kind(Cause::PermissionDenied), ErrorKind::Argument);
    }
}
