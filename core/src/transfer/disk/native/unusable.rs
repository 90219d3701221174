//! Files of this machine that fail.

use std::io;
use std::path::Path;

use crate::error::{Error, ErrorKind};

/// A file that cannot be used. `doing` says for what: `read`, `write`.
///
/// `Argument` when the path does not exist, or this process may not use it; `Io` for all other failures, such as a full
/// disk.
pub(super) fn unusable(doing: &str, path: &Path, cause: &io::Error) -> Error {
    let kind = match cause.kind() {
        io::ErrorKind::NotFound
        | io::ErrorKind::PermissionDenied
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::IsADirectory
        | io::ErrorKind::InvalidInput => ErrorKind::Argument,
        // `InvalidFilename`, which has a name since Rust 1.87.
        kind if kind.to_string() == "invalid filename" => ErrorKind::Argument,
        _ => ErrorKind::Io,
    };
    Error::new(kind, format!("cannot {doing} {}: {cause}", path.display()))
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
