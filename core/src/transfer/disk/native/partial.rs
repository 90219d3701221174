//! Files that have not got their names yet.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::unusable::unusable;
use crate::Id;
use crate::error::{Error, Result};

/// A file under a temporary name. Dropping it removes it.
pub(super) struct Partial {
    temporary: PathBuf,
    target: PathBuf,
    finished: bool,
}

impl Partial {
    /// Creates the file beside its target, so that renaming it is one step, and opens it so many times.
    ///
    /// # Errors
    /// `Argument` or `Io`, naming the target, when it cannot be written.
    pub(super) fn create(target: PathBuf, handles: usize) -> Result<(Vec<Arc<File>>, Self)> {
        let target = behind_links(target);
        // A device or a pipe would be replaced by a file, such as `/dev/null` by a program of root's.
        let present = match std::fs::metadata(&target) {
            Ok(present) => Some(present),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
            Err(cause) => return Err(unusable("write", &target, &cause)),
        };
        if target.file_name().is_none() || present.as_ref().is_some_and(|present| !present.is_file()) {
            return Err(Error::argument(format!(
                "cannot write {}: it is not a file's path",
                target.display()
            )));
        }
        let temporary = target.with_file_name(format!(".polywrite-{}.part", Id::unique()));
        let file = match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => file,
            Err(cause) => return Err(unusable("write", &target, &cause)),
        };
        let partial = Self { temporary, target, finished: false };
        let mut files = vec![file];
        for _ in 1..handles {
            let again = OpenOptions::new().write(true).open(&partial.temporary);
            files.push(again.map_err(|cause| partial.refused(&cause))?);
        }
        // Who may not read the file that is replaced may not read the new one either.
        #[cfg(unix)]
        if let Some(present) = present {
            files[0].set_permissions(present.permissions()).map_err(|cause| partial.refused(&cause))?;
        }
        Ok((files.into_iter().map(Arc::new).collect(), partial))
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub(super) fn finish(mut self, file: Arc<File>, sync: bool) -> Result<()> {
        if sync {
            file.sync_all().map_err(|cause| self.refused(&cause))?;
        }
        drop(file);
        std::fs::rename(&self.temporary, &self.target).map_err(|cause| self.refused(&cause))?;
        self.finished = true;
        Ok(())
    }

    /// The error for a file that cannot be written.
    pub(super) fn refused(&self, cause: &io::Error) -> Error {
        unusable("write", &self.target, cause)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.finished {
            // The download has failed already; a second failure would hide the first.
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// The file that a link points to: writing to a link would not replace it either.
fn behind_links(target: PathBuf) -> PathBuf {
    if !target.is_symlink() {
        return target;
    }
    std::fs::canonicalize(&target).unwrap_or(target)
}
