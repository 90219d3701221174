//! The texts of files.

use std::{fs, io::Read, path::Path};

use crate::error::{Error, Result};

/// A schema of some thousand columns has less than one MiB.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The text of a file.
///
/// # Errors
/// [`Error::File`] when it cannot be read, [`Error::Invalid`] when it is far too large to be a schema.
pub(crate) fn read(path: &Path) -> Result<String> {
    let unread = |cause| Error::File { path: path.to_owned(), cause };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(unread)?;
    file.take(LIMIT + 1).read_to_string(&mut text).map_err(unread)?;
    if text.len() as u64 > LIMIT {
        let message = format!("this has more than {} MiB, which no schema has", LIMIT >> 20);
        return Err(Error::invalid("the file", message));
    }
    Ok(text)
}
